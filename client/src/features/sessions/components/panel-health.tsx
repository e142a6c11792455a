import { useQuery } from "@tanstack/react-query";
import type { Finding } from "@/api/types";
import { formatClock } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getHealth } from "../api/understand";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel-health.module.css";

const names: Record<Finding["kind"], string> = {
  "retry-loop": "Retry loop",
  "error-spiral": "Error spiral",
  denials: "Refused again and again",
  thrash: "Thrash on one file",
  "context-full": "Context nearly full",
  compactions: "Compacted many times",
  stalled: "Stalled",
  "cost-outlier": "Cost outlier",
};

/** What is wrong, how much, and the items that show it. */
export function HealthTab({ onPicked }: { onPicked: () => void }) {
  const viewer = useViewer();
  const health = useQuery(getHealth(viewer.sessionId));
  if (health.isPending) return <Skeleton label="Loading health" rows={4} size="line" />;
  if (health.isError) return <ErrorFace title="No health" error={health.error} onRetry={() => void health.refetch()} />;
  if (health.data.state === "unknown") return <Face title="Not worked out yet">It is, a moment after the session was read.</Face>;
  if (health.data.findings.length === 0) return <Face title="Nothing is wrong">Loops, spirals, refusals, thrash, a full context and stalls are looked for.</Face>;
  return (
    <ul className={styles.findings}>
      {health.data.findings.map((finding) => (
        <li key={`${finding.kind}-${finding.items.join("-")}`} className={styles.finding} data-severity={finding.severity}>
          <h2 className={styles.name}>
            {names[finding.kind]} <span className={styles.severity}>{finding.severity === "bad" ? "serious" : "look"}</span>
            {finding.atMs !== null && <time className={styles.time}>{formatClock(finding.atMs)}</time>}
          </h2>
          <p className={styles.why}>{visibleText(finding.why)}</p>
          <p className={styles.items}>
            {finding.items.map((item) => (
              <Button
                key={item}
                look="quiet"
                aria-label={`Show item ${item}`}
                onClick={() => {
                  viewer.jump(item, true);
                  onPicked();
                }}
              >
                {item}
              </Button>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
