import type { Insights } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatCount, formatPercent } from "@/lib/format";
import { DataTable } from "@/ui/data-table";
import { ShareBar } from "@/ui/share-bar";
import styles from "./insights-section.module.css";

const question = "What became of the money?";
const meanings: Record<Insights["yield"][number]["name"], readonly [name: string, meaning: string]> = {
  shipped: ["Shipped", "a commit stands"],
  reverted: ["Reverted", "all that came of it was undone"],
  abandoned: ["Abandoned", "files of a repository were changed, a week has passed, no commit holds it"],
  unknown: ["Unknown", "no repository that can be read, nothing changed, or too early to say"],
};

/** Sessions by what came of them, with what they cost. */
export function YieldTable({ insights }: { insights: Insights }) {
  const all = insights.yield.reduce((sum, outcome) => sum + outcome.costMicroUsd, 0);
  return (
    <section className={styles.section} aria-label={question}>
      <h2>{question}</h2>
      <DataTable
        label={question}
        columns={[{ label: "Outcome" }, { label: "Sessions", number: true }, { label: "Cost", number: true }, { label: "Share", number: true }, { label: "Of the cost" }]}
        rows={insights.yield.map((outcome) => {
          const [name, meaning] = meanings[outcome.name];
          const part = all === 0 ? 0 : outcome.costMicroUsd / all;
          const cost = costOf(outcome);
          return {
            key: outcome.name,
            cells: [
              <span key="name">{name}<span className={styles.path}>{meaning}</span></span>,
              formatCount(outcome.sessions),
              <span key="cost" title={cost?.title}>{cost?.text ?? "–"}</span>,
              all === 0 ? "–" : formatPercent(part),
              <span key="share" className={styles.share}><ShareBar part={part} /></span>,
            ],
          };
        })}
      />
      <p className={styles.note}>Sessions whose last word is in these days, with all they cost.</p>
    </section>
  );
}
