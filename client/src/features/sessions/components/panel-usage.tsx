import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { UsageRow } from "@/api/types";
import { costMeaning, costOf, formatExactUsd } from "@/lib/cost";
import { formatCount, plural, shortModel } from "@/lib/format";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getUsage } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel.module.css";

const lines: readonly { label: string; of: keyof Omit<UsageRow, "model" | "pricedAs" | "pricesFrom"> }[] = [
  { label: "Responses", of: "responses" },
  { label: "Input", of: "inputTokens" },
  { label: "Cache write, 5 min", of: "cacheWrite5mTokens" },
  { label: "Cache write, 1 h", of: "cacheWrite1hTokens" },
  { label: "Cache read", of: "cacheReadTokens" },
  { label: "Output", of: "outputTokens" },
  { label: "of it reasoning", of: "reasoningTokens" },
];

export function UsageTab() {
  const viewer = useViewer();
  const usage = useQuery(getUsage(viewer.sessionId));
  if (usage.isPending) return <Skeleton label="Loading usage" rows={5} size="line" />;
  if (usage.isError) return <ErrorFace title="No usage" error={usage.error} onRetry={() => void usage.refetch()} />;
  if (usage.data.rows.length === 0) return <Face title="No usage recorded">The agent wrote no token counts into this session.</Face>;
  const { rows, totals, days, futureResponses, zone, prices } = usage.data;
  const tables = rows.length > 1 ? [...rows, { ...totals, model: "All models" }] : rows;
  return (
    <div className={styles.usage}>
      {tables.map((row) => (
        <table key={row.model} className={styles.table}>
          <caption>{row.model === null ? "No model named" : shortModel(row.model)}</caption>
          <tbody>
            {lines.map(({ label, of }) => (
              <tr key={of}>
                <th scope="row">{label}</th>
                <td>{formatCount(row[of])}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" title={costMeaning}>Cost, API-equivalent</th>
              <td>{row.unpricedResponses === row.responses ? "unpriced" : formatExactUsd(row.costMicroUsd)}</td>
            </tr>
            {row.absurdResponses > 0 && (
              <tr>
                <th scope="row">with a count that cannot be right, left out</th>
                <td>{plural(row.absurdResponses, "response")}</td>
              </tr>
            )}
            {row.unpricedResponses > 0 && row.unpricedResponses < row.responses && (
              <tr>
                <th scope="row">without a known price</th>
                <td>{plural(row.unpricedResponses, "response")}</td>
              </tr>
            )}
          </tbody>
        </table>
      ))}
      {days.length > 1 && (
        <table className={styles.table}>
          <caption>By day, {zone}</caption>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                <td>{costOf(togetherOf(day.rows))?.text ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {futureResponses > 0 && <p className={styles.note}>{plural(futureResponses, "response")} of the future stand on no day: a clock was wrong.</p>}
      <Link className={styles.link} to="/stats/responses" search={{ session: viewer.sessionId }}>Show its {plural(totals.responses, "response")}</Link>
      <p className={styles.note}>Tokens as the agent recorded them, at the list prices of {prices.date}. Who pays by subscription does not pay this.</p>
    </div>
  );
}

const togetherOf = (rows: readonly UsageRow[]) => ({
  costMicroUsd: rows.reduce((sum, row) => sum + row.costMicroUsd, 0),
  unpricedResponses: rows.reduce((sum, row) => sum + row.unpricedResponses, 0),
});
