import { memo } from "react";
import { agentNames } from "@/api/agent-names";
import type { SessionPage, SessionSummary } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatAge, formatBytes, formatCompact, formatCount, formatFull, plural, shortModel } from "@/lib/format";
import { Icon } from "@/ui/icon";
import { StateDot } from "@/ui/state-dot";
import { stateWords } from "../model/state-words";
import { TagChip } from "./tag-chip";
import styles from "./session-row.module.css";

const unit = (count: number, one: string) => (count === 1 ? one : `${one}s`);

/** Further ones are counted: the title must stay readable. */
const mostTags = 3;

const Marked = ({ icon, label }: { icon: "pin" | "star" | "note"; label: string }) => (
  <span className={styles.mark} title={label}>
    <Icon name={icon} />
    <span className="visually-hidden">{label}</span>
  </span>
);

interface Props {
  session: SessionSummary;
  cost: SessionPage["costs"][string] | undefined;
  now: number;
}

/** A plain link: the list navigates for all of its rows, because a router link costs too much forty times a frame. */
export const SessionRow = memo(function SessionRow({ session, cost, now }: Props) {
  const changed = session.addedLines > 0 || session.removedLines > 0;
  const spent = cost === undefined ? null : costOf(cost);
  const { marks } = session;
  return (
    <a href={`/sessions/${session.id}`} className={styles.row} data-row={session.id} data-unread={marks.unread || undefined}>
      <span className={styles.state}>
        <StateDot tone={session.state} label={stateWords[session.state].word} />
      </span>
      <span className={styles.name}>
        <span className={styles.first}>
          {marks.unread && <span className={styles.unread}><span className="visually-hidden">unread</span></span>}
          {marks.pinned && <Marked icon="pin" label="pinned" />}
          {marks.starred && <Marked icon="star" label="starred" />}
          <span className={styles.title}>{session.title}</span>
          {marks.notes > 0 && <Marked icon="note" label={plural(marks.notes, "note")} />}
          {marks.tags.slice(0, mostTags).map((tag) => <TagChip key={tag} name={tag} />)}
          {marks.tags.length > mostTags && <span className={styles.more} title={marks.tags.join(", ")}>+{marks.tags.length - mostTags}</span>}
        </span>
        <span className={styles.last}>
          {session.state === "kept" && (
            <span className={styles.kept} title={stateWords.kept.means}>{stateWords.kept.word}</span>
          )}
          {session.lastReply ?? session.lastPrompt ?? ""}
        </span>
      </span>
      <span className={styles.project} title={session.projectPath ?? session.project}>
        <span className={styles.cut}>{session.project}</span>
        <span className={styles.branch}>{session.branch ?? ""}</span>
      </span>
      <span className={styles.agent}>
        <span className={styles.cut}>{agentNames[session.agent]}</span>
        <span className={styles.model} title={session.model ?? "model unknown"}>{shortModel(session.model ?? "")}</span>
      </span>
      <span className={styles.counts} title={`${plural(session.prompts, "prompt")}, ${plural(session.tools, "tool call")}, ${plural(session.errors, "error")}`}>
        <span data-unit={unit(session.prompts, "prompt")}>{formatCompact(session.prompts)}</span>
        <span data-unit={unit(session.tools, "tool")}>{formatCompact(session.tools)}</span>
        <span data-unit={unit(session.errors, "error")} data-bad={session.errors > 0 || undefined}>{formatCompact(session.errors)}</span>
      </span>
      <span className={styles.lines}>
        {changed && (
          <>
            <span className={styles.added}>+{formatCount(session.addedLines)}</span>{" "}
            <span className={styles.removed}>−{formatCount(session.removedLines)}</span>
          </>
        )}
      </span>
      <span className={styles.size}>{formatBytes(session.sizeBytes)}</span>
      <span className={styles.cost} title={spent?.title}>{spent?.text}</span>
      <time className={styles.age} title={formatFull(session.lastAtMs)}>{formatAge(session.lastAtMs, now)}</time>
    </a>
  );
});

export const RowHead = () => (
  <div className={styles.head} aria-hidden="true">
    <span />
    <span>Title</span>
    <span>Project</span>
    <span>Agent</span>
    <span className={styles.counts}>
      <span>Prompts</span>
      <span>Tools</span>
      <span>Errors</span>
    </span>
    <span className={styles.right}>Lines</span>
    <span className={styles.right}>Size</span>
    <span className={styles.right}>Cost</span>
    <span className={styles.right}>Age</span>
  </div>
);
