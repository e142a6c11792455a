import { useState } from "react";
import { formatCompact, formatCount, formatDays, formatPercent, formatShortDay } from "@/lib/format";
import { BarChart } from "@/ui/bar-chart";
import { DataTable } from "@/ui/data-table";
import { ShareBar } from "@/ui/share-bar";
import type { StatsGroup } from "@/api/types";
import { cachedPart, inputOf, type Bin, type Unit } from "../model/bins";
import styles from "./cache-chart.module.css";

interface Props {
  bins: readonly Bin[];
  unit: Unit;
  zone: string;
  totals: StatsGroup["usage"];
  onOpen: (days: { from: string; to: string }) => void;
}

const kinds: readonly { label: string; of: keyof StatsGroup["usage"] }[] = [
  { label: "New input", of: "inputTokens" },
  { label: "Cache write, 5 min", of: "cacheWrite5mTokens" },
  { label: "Cache write, 1 h", of: "cacheWrite1hTokens" },
  { label: "Cache read", of: "cacheReadTokens" },
  { label: "Output", of: "outputTokens" },
  { label: "of it reasoning", of: "reasoningTokens" },
];

/** How much of the input the cache spared, and what the tokens were. */
export function CacheChart({ bins, unit, zone, totals, onOpen }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const here = chosen !== null && chosen < bins.length ? chosen : null;
  const usage = here === null ? totals : (bins[here]?.usage ?? totals);
  const cached = cachedPart(usage);
  const question = "How much of the input came from the cache?";
  const tokens = inputOf(usage) + usage.outputTokens;
  const first = bins[here ?? 0];
  const last = bins[here ?? bins.length - 1];
  return (
    <section className={styles.section} aria-labelledby="cache-question">
      <h2 id="cache-question" className={styles.title}>{question}</h2>
      <div className={styles.body}>
        <BarChart
          size="low"
          label={`${question} Days of ${zone}.`}
          end={1}
          format={formatPercent}
          here={here}
          onHere={setChosen}
          onOpen={(index) => bins[index] !== undefined && onOpen(bins[index])}
          bars={bins.map((bin) => ({
            key: bin.from,
            short: formatShortDay(bin.from, unit),
            words: `${formatDays(bin.from, bin.to)}: ${cachedPart(bin.usage) === null ? "no input" : `${formatPercent(cachedPart(bin.usage) ?? 0)} of ${formatCount(inputOf(bin.usage))} tokens`}`,
            parts: [{ colour: 2, value: cachedPart(bin.usage) ?? 0 }],
          }))}
        />
        <div className={styles.kinds}>
          <p className={styles.days}>
            {first !== undefined && last !== undefined && formatDays(first.from, last.to)}
            {cached !== null && <span className={styles.soft}> {formatPercent(cached)} from the cache</span>}
          </p>
          <table className={styles.table} aria-label="Tokens by kind">
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Tokens</th>
                <th scope="col">Share</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map(({ label, of }) => (
                <tr key={of}>
                  <th scope="row">{label}</th>
                  <td title={formatCount(usage[of])}>{formatCompact(usage[of])}</td>
                  <td className={styles.share}>
                    <ShareBar part={tokens === 0 ? 0 : usage[of] / tokens} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <details className={styles.details}>
        <summary>As a table</summary>
        <DataTable
          label={question}
          columns={[{ label: `Days of ${zone}` }, { label: "From the cache", number: true }, ...kinds.map(({ label }) => ({ label, number: true }))]}
          rows={bins
            .filter((bin) => bin.usage.responses > 0)
            .map((bin) => ({
              key: bin.from,
              cells: [formatDays(bin.from, bin.to), formatPercent(cachedPart(bin.usage) ?? 0), ...kinds.map(({ of }) => formatCount(bin.usage[of]))],
            }))}
        />
      </details>
    </section>
  );
}
