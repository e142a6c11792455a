import { useQuery } from "@tanstack/react-query";
import { costOf } from "@/lib/cost";
import { shortModel } from "@/lib/format";
import { getUsage } from "../api/get-session";
import styles from "./session-head.module.css";

/** What the session cost, by model where that is more than one; opens the rows behind it. */
export function SessionCost({ sessionId, onOpen }: { sessionId: string; onOpen: () => void }) {
  const usage = useQuery(getUsage(sessionId));
  const cost = usage.data === undefined ? null : costOf(usage.data.totals);
  // As wide as what comes, so that nothing beside it moves.
  if (usage.data === undefined || cost === null) return <span className={styles.cost} />;
  const rows = usage.data.rows.length > 1 ? usage.data.rows : [];
  const byModel = rows.map((row) => `${row.model === null ? "no model" : shortModel(row.model)}: ${costOf(row)?.text ?? "–"}`);
  return (
    <button type="button" className={styles.cost} title={[cost.title, ...byModel].join("\n")} aria-label={`Cost ${cost.text}, API-equivalent; show the usage`} onClick={onOpen}>
      {cost.text}
    </button>
  );
}
