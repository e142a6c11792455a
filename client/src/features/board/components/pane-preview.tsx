import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, type CSSProperties } from "react";
import { ApiProblem } from "@/api/client";
import type { PaneScreen, ScreenRun } from "@/api/types";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getScreen } from "../api/get-screen";
import { lookOf, withoutEmptyEnd } from "../model/screen";
import styles from "./pane-preview.module.css";

const gone: readonly string[] = ["no-pane", "card-not-found", "card-ended"];

/** What the session's terminal shows now, in its colours. Nothing can be typed here. */
export function PanePreview({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(getScreen(id));
  if (error instanceof ApiProblem && gone.includes(error.code)) return <Face title="There is no pane to look at"><p>{error.message}</p></Face>;
  if (data === undefined && isPending) return <Skeleton label="Loading the screen" rows={8} size="line" />;
  if (data === undefined) return <ErrorFace title="The pane could not be looked at" error={error} onRetry={() => void refetch()} />;
  return (
    <>
      {error !== null && <p role="alert" className={styles.stale}>{error.message} This is what it showed before.</p>}
      <Screen screen={data} />
    </>
  );
}

function Screen({ screen }: { screen: PaneScreen }) {
  const box = useRef<HTMLPreElement>(null);
  const shown = withoutEmptyEnd(screen.lines);
  const end = useRef(true);
  // What matters in a terminal is at its end; who scrolled up stays there.
  useLayoutEffect(() => {
    if (end.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [screen]);
  return (
    <div className={styles.frame} style={{ "--columns": screen.columns || 80 } as CSSProperties}>
      <pre
        ref={box}
        className={styles.screen}
        role="region"
        aria-label="Terminal"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          end.current = scrollHeight - scrollTop - clientHeight < 4;
        }}
      >
        {shown.map((line, row) => (
          <div key={row} className={styles.line}>
            {line.runs.length === 0 ? " " : line.runs.map((run, at) => <Run key={at} run={run} />)}
          </div>
        ))}
      </pre>
    </div>
  );
}

function Run({ run }: { run: ScreenRun }) {
  const { ink, ground, reverse, weight, italic, line } = lookOf(run);
  return (
    <span className={styles.run} data-ink={ink} data-ground={ground} data-reverse={reverse || undefined} data-weight={weight} data-italic={italic || undefined} data-line={line}>
      {run.traits.includes("hidden") ? " ".repeat(run.text.length) : run.text}
    </span>
  );
}
