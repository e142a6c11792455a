import type { Insights } from "@/api/types";
import { costMeaning, costOf } from "@/lib/cost";
import { formatCompact, formatCount, plural } from "@/lib/format";
import styles from "./totals.module.css";

/** The figures of the whole range. */
export function ShippedTotals({ totals }: { totals: Insights["totals"] }) {
  const cost = costOf(totals);
  const ratio = totals.costMicroUsd > 0 && totals.unpricedResponses === 0 ? (totals.commits / (totals.costMicroUsd / 10_000_000)).toFixed(1) : "–";
  const figures: readonly { label: string; text: string; title: string }[] = [
    { label: "Cost, API-equivalent", text: cost?.text ?? "–", title: cost?.title ?? costMeaning },
    { label: "Commits shipped", text: formatCount(totals.commits), title: "Of high or medium confidence, on a branch, and not undone" },
    { label: "Commits for $10", text: ratio, title: totals.unpricedResponses > 0 ? `${plural(totals.unpricedResponses, "response")} without a known price: no ratio can be told` : "Commits shipped for each $10 of these days" },
    { label: "Commits undone", text: formatCount(totals.revertedCommits), title: "Of high or medium confidence, and reverted by now" },
    { label: "Low confidence, not counted", text: formatCount(totals.lowCommits), title: "Only time and repository match" },
    { label: "Responses", text: formatCompact(totals.responses), title: formatCount(totals.responses) },
  ];
  return (
    <dl className={styles.totals}>
      {figures.map(({ label, text, title }) => (
        <div key={label} className={styles.figure} title={title}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
