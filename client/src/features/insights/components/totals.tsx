import type { Stats } from "@/api/types";
import { costMeaning, costOf } from "@/lib/cost";
import { formatCompact, formatCount, formatPercent } from "@/lib/format";
import { cachedPart, inputOf } from "../model/bins";
import styles from "./totals.module.css";

/** The figures of the whole range. */
export function Totals({ usage }: { usage: Stats["totals"] }) {
  const cost = costOf(usage);
  const cached = cachedPart(usage);
  const figures: readonly { label: string; text: string; title: string }[] = [
    { label: "Cost, API-equivalent", text: cost?.text ?? "–", title: cost?.title ?? costMeaning },
    { label: "Responses", text: formatCompact(usage.responses), title: formatCount(usage.responses) },
    { label: "Input tokens", text: formatCompact(inputOf(usage)), title: `${formatCount(inputOf(usage))}, what was written to and read from the cache included` },
    { label: "Output tokens", text: formatCompact(usage.outputTokens), title: `${formatCount(usage.outputTokens)}, ${formatCount(usage.reasoningTokens)} of it reasoning` },
    { label: "Input from the cache", text: cached === null ? "–" : formatPercent(cached), title: `${formatCount(usage.cacheReadTokens)} of ${formatCount(inputOf(usage))} tokens` },
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
