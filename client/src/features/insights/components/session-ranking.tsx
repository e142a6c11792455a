import { Link } from "@tanstack/react-router";
import type { InsightsSession } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatCount, plural } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { DataTable } from "@/ui/data-table";
import { folderOf, nameOf } from "../model/series";
import styles from "./insights-section.module.css";

interface Props {
  question: string;
  /** What is said where there are none. */
  none: string;
  sessions: readonly InsightsSession[];
}

/** Sessions in order, each with its way to its commits. */
export const SessionRanking = ({ question, none, sessions }: Props) => (
  <section className={styles.section} aria-label={question}>
    <h2>{question}</h2>
    {sessions.length === 0 ? (
      <p className={styles.note}>{none}</p>
    ) : (
      <DataTable
        label={question}
        columns={[{ label: "Session" }, { label: "Commits", number: true }, { label: "Lines", number: true }, { label: "Cost", number: true }, { label: "Outcome and health" }]}
        rows={sessions.map((session) => {
          const cost = costOf(session);
          return {
            key: session.id,
            cells: [
              <span key="name">
                <Link className={styles.open} to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{ panel: "commits" }}>
                  {visibleText(session.title ?? "") || "Untitled session"}
                </Link>
                <span className={styles.path}>
                  {nameOf("agent", session.agent)}
                  {session.projectPath !== null && ` · ${folderOf(session.projectPath)}`}
                </span>
              </span>,
              formatCount(session.commits),
              formatCount(session.shippedLines),
              <span key="cost" title={cost?.title}>{cost?.text ?? "–"}</span>,
              <span key="outcome">
                {session.revertedCommits > 0 ? `${session.outcome}, ${plural(session.revertedCommits, "commit")} undone` : session.outcome}
                {session.healthWhy !== null && <span className={styles.path}>{visibleText(session.healthWhy)}</span>}
              </span>,
            ],
          };
        })}
      />
    )}
  </section>
);
