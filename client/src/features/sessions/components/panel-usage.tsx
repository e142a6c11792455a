import { useQuery } from "@tanstack/react-query";
import type { UsageRow } from "@/api/types";
import { formatCount, shortModel } from "@/lib/format";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getUsage } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel.module.css";

const lines: readonly { label: string; of: keyof Omit<UsageRow, "model"> }[] = [
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
  const { rows, totals } = usage.data;
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
          </tbody>
        </table>
      ))}
      <p className={styles.sub}>Tokens as the agent recorded them.</p>
    </div>
  );
}
