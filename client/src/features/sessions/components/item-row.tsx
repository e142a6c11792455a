import { lazy, memo, Suspense, type ReactNode } from "react";
import type { Item } from "@/api/types";
import { formatClock, formatFull } from "@/lib/format";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { useViewer } from "../hooks/viewer-context";
import { FoldLine } from "./fold-line";
import styles from "./item-row.module.css";
import { Prose } from "./prose";
import { ToolLine } from "./tool-line";

const ItemDetail = lazy(() => import("./item-detail").then((module) => ({ default: module.ItemDetail })));
const SubAgent = lazy(() => import("./sub-agent").then((module) => ({ default: module.SubAgent })));

interface Props {
  item: Item;
  agentId: string | null;
  active: boolean;
  open: boolean;
  nested: boolean;
}

export const ItemRow = memo(function ItemRow({ item, agentId, active, open, nested }: Props) {
  const viewer = useViewer();
  const noted = viewer.hasNote(agentId, item.id);
  const toggle = () => viewer.toggle(agentId, item.id);
  const detail = open && (
    <Suspense fallback={<p className={styles.wait}>Loading…</p>}>
      <ItemDetail item={item} agentId={agentId} />
      {item.agentId !== null && <SubAgent agentId={item.agentId} />}
    </Suspense>
  );
  return (
    <article
      className={styles.item}
      data-item={nested ? undefined : item.id}
      data-kind={item.kind}
      data-active={active || undefined}
      data-faded={item.flags.includes("void") || item.flags.includes("inherited") || undefined}
      aria-label={label(item)}
      tabIndex={-1}
    >
      <div className={styles.body}>{face(item, agentId, open, toggle, detail)}</div>
      <span className={styles.side}>
        {noted && <span className={styles.noted} title="It has a note"><Icon name="note" /><span className="visually-hidden">has a note</span></span>}
        <span className={styles.tools}>
          {!nested && <Button icon="note" look="quiet" aria-label="Write a note on this" onClick={() => viewer.writeNote(item.id)} />}
          <Button icon="link" look="quiet" aria-label="Copy a link to this" onClick={() => viewer.copyLink(item.id, agentId)} />
          {!nested && <Button look="quiet" onClick={() => viewer.showRaw(item.id)}>raw</Button>}
        </span>
        <time className={styles.time} title={formatFull(item.atMs)}>{formatClock(item.atMs)}</time>
      </span>
    </article>
  );
});

const kindNames = {
  prompt: "Prompt",
  reply: "Reply",
  thinking: "Thinking",
  tool: "Tool call",
  compaction: "Compaction",
  mark: "Mark",
  notice: "Notice",
  error: "Error",
  unknown: "Unknown record",
  malformed: "Malformed line",
} as const;

const label = (item: Item) => `${kindNames[item.kind]}${item.name === null ? "" : ` ${item.name}`} ${formatClock(item.atMs)}`;

const flagWords = ["queued", "meta", "inherited", "void", "background", "sidechain"];
const flagsOf = (item: Item) => item.flags.filter((flag) => flagWords.includes(flag));

function face(item: Item, agentId: string | null, open: boolean, toggle: () => void, detail: ReactNode): ReactNode {
  const fold = { open, onToggle: toggle };
  switch (item.kind) {
    case "prompt":
      return item.flags.includes("meta") || item.name === "task-notification" ? (
        <>
          <FoldLine {...fold} name={item.name ?? "context"} text={item.preview} flags={flagsOf(item)} />
          {open && <Prose item={item} agentId={agentId} />}
        </>
      ) : (
        <div className={styles.prompt}>
          <p className={styles.who}>{["You", item.name, ...flagsOf(item)].filter(Boolean).join(" · ")}
            <span className={styles.whoTime}> {formatClock(item.atMs)}</span>
          </p>
          <Prose item={item} agentId={agentId} />
        </div>
      );
    case "reply":
      return <Prose item={item} agentId={agentId} />;
    case "thinking":
      return (
        <>
          <FoldLine {...fold} name="Thinking" text={item.preview} />
          {open && <Prose item={item} agentId={agentId} quiet />}
        </>
      );
    case "tool":
      return (
        <>
          <ToolLine {...fold} item={item} />
          {detail}
        </>
      );
    case "compaction":
      return (
        <div className={styles.mark}>
          <FoldLine {...fold} name="Compaction" text={item.preview} />
          {open && <Prose item={item} agentId={agentId} quiet />}
        </div>
      );
    case "mark":
      return (
        <p className={styles.mark} data-name={item.name ?? undefined}>
          {item.name !== item.preview && <span className={styles.markName}>{item.name ?? "mark"} </span>}
          {item.preview}
        </p>
      );
    case "error":
      return (
        <>
          <FoldLine {...fold} name="Error" text={item.preview} tone="bad" />
          {open && <Prose item={item} agentId={agentId} quiet />}
        </>
      );
    case "notice":
      return (
        <>
          <FoldLine {...fold} name={item.name ?? "notice"} text={item.preview} />
          {open && <Prose item={item} agentId={agentId} quiet />}
        </>
      );
    case "unknown":
    case "malformed":
      return (
        <>
          <FoldLine {...fold} name={item.kind === "unknown" ? `unknown: ${item.name ?? "no type"}` : "malformed line"} text={item.preview} tone="warn" />
          {detail}
        </>
      );
  }
}
