import { useQuery } from "@tanstack/react-query";
import { plural, shortModel } from "@/lib/format";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getAgents } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel.module.css";

export function AgentsTab({ agentId, onPicked }: { agentId: string | null; onPicked: () => void }) {
  const viewer = useViewer();
  const agents = useQuery(getAgents(viewer.sessionId));
  if (agents.isPending) return <Skeleton label="Loading subagents" rows={4} size="line" />;
  if (agents.isError) return <ErrorFace title="No subagents" error={agents.error} onRetry={() => void agents.refetch()} />;
  if (agents.data.length === 0) return <Face title="No subagent was started">They appear here when the agent hands out work.</Face>;
  const open = (id: string | null) => {
    viewer.openAgent(id);
    onPicked();
  };
  return (
    <ul className={styles.rows}>
      {agentId !== null && (
        <li>
          <button type="button" className={styles.row} onClick={() => open(null)}>
            <span className={styles.name}>‹ Main conversation</span>
          </button>
        </li>
      )}
      {agents.data.map((run) => (
        <li key={run.agentId}>
          <button type="button" className={styles.row} aria-current={run.agentId === agentId || undefined} onClick={() => open(run.agentId)}>
            <span className={styles.main}>
              <span className={styles.name}>{run.description ?? run.agentId}</span>
              <span className={styles.sub}>
                {[run.type, run.model === null ? null : shortModel(run.model), run.finished ? null : "running"].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className={styles.numbers}>{plural(run.items, "item")}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
