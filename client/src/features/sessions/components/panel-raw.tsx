import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "@/api/client";
import { visibleText } from "@/lib/sanitize";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getRaw } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel.module.css";

/** More than this is not worth drawing; it is still copied whole. */
const mostShown = 200_000;

export function RawTab({ agentId }: { agentId: string | null }) {
  const { sessionId, active } = useViewer();
  const [part, setPart] = useState<"call" | "result">("call");
  const item = active?.id ?? null;
  const raw = useQuery(getRaw(sessionId, agentId, item, part));
  if (item === null) return <Face title="No item is chosen">Choose one with j and k, or by its “raw” button.</Face>;
  return (
    <div className={styles.raw}>
      <div className={styles.parts}>
        {(["call", "result"] as const).map((name) => (
          <Button key={name} aria-pressed={name === part} onClick={() => setPart(name)}>
            {name === "call" ? "Line" : "Result line"}
          </Button>
        ))}
        <Button icon="copy" disabled={raw.data === undefined} onClick={() => void navigator.clipboard.writeText(raw.data ?? "")}>
          Copy
        </Button>
      </div>
      {raw.isPending && <Skeleton label="Loading the line" rows={4} size="line" />}
      {raw.isError &&
        (raw.error instanceof ApiProblem && raw.error.status === 404 ? (
          <Face title="No such line">This item has no {part === "result" ? "result" : "line"} of its own.</Face>
        ) : (
          <ErrorFace title="The line could not be read" error={raw.error} onRetry={() => void raw.refetch()} />
        ))}
      {raw.data !== undefined && <pre className={styles.line}>{visibleText(raw.data.slice(0, mostShown))}</pre>}
    </div>
  );
}
