import { useQuery } from "@tanstack/react-query";
import { plural } from "@/lib/format";
import { Button } from "@/ui/button";
import { getAgents } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./sub-agent.module.css";
import { Transcript } from "./transcript";

/** A subagent's own conversation, in place under the call that started it. */
export function SubAgent({ agentId }: { agentId: string }) {
  const viewer = useViewer();
  const agents = useQuery(getAgents(viewer.sessionId));
  const run = agents.data?.find((agent) => agent.agentId === agentId);
  return (
    <section className={styles.agent} aria-label={`Subagent ${run?.description ?? agentId}`}>
      <header className={styles.head}>
        <span className={styles.name}>
          {run?.type ?? "Subagent"} {run?.description ?? ""}
        </span>
        {run !== undefined && <span>{plural(run.items, "item")}</span>}
        <Button onClick={() => viewer.openAgent(agentId)}>Open by itself</Button>
      </header>
      <Transcript agentId={agentId} start={{ at: "head" }} nested />
    </section>
  );
}
