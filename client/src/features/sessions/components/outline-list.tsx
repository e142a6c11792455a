import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { formatClock } from "@/lib/format";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getOutline } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import { Minimap } from "./minimap";
import styles from "./outline-list.module.css";

const signs = { prompt: "▍", compaction: "⟂", error: "✗", commit: "◆", agent: "↳", mark: "·" } as const;

interface Props {
  agentId: string | null;
  first: number | null;
  last: number | null;
  onPicked?: () => void;
}

export function OutlineList({ agentId, first, last, onPicked }: Props) {
  const viewer = useViewer();
  const scroller = useRef<HTMLDivElement>(null);
  const outline = useQuery(getOutline(viewer.sessionId, agentId));
  const entries = outline.data?.entries ?? [];
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    overscan: 10,
  });
  // The last entry at or above the top of the screen is where the reader is.
  const here = entries.findLastIndex((entry) => entry.ordinal <= (first ?? 0));
  useEffect(() => {
    if (here >= 0) virtual.scrollToIndex(here, { align: "auto" });
  }, [here, virtual]);
  const jump = (item: string) => {
    viewer.jump(item);
    onPicked?.();
  };

  if (outline.isPending) return <Skeleton label="Loading the outline" rows={8} size="line" />;
  if (outline.isError) return <ErrorFace title="No outline" error={outline.error} onRetry={() => void outline.refetch()} />;
  return (
    <div className={styles.outline}>
      <Minimap outline={outline.data} first={first} last={last} onJump={(ordinal) => jump(String(ordinal))} />
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="group" aria-label="Outline entries">
        <ol className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((slot) => {
            const entry = entries[slot.index];
            return entry === undefined ? null : (
              <li key={slot.key} className={styles.slot} style={{ transform: `translateY(${slot.start}px)` }}>
                <button
                  type="button"
                  className={styles.entry}
                  data-kind={entry.kind}
                  aria-current={slot.index === here ? "location" : undefined}
                  onClick={() => jump(entry.id)}
                >
                  <span className={styles.sign} aria-hidden="true">{signs[entry.kind]}</span>
                  <span className="visually-hidden">{entry.kind} </span>
                  <span className={styles.label}>{entry.label}</span>
                  {entry.kind === "prompt" && <time className={styles.time}>{formatClock(entry.atMs)}</time>}
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}
