import { Link } from "@tanstack/react-router";
import { agentNames } from "@/api/agent-names";
import type { SearchGroup } from "@/api/types";
import { formatAge, formatFull, plural } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { HitRow } from "./hit-row";
import styles from "./results.module.css";

interface Props {
  groups: readonly SearchGroup[];
  /** Results of earlier words, while those of the new ones are on their way. */
  stale: boolean;
  /** A text that find shows all places of, where the results are those of such a text. */
  find?: string | undefined;
}

export function Results({ groups, stale, find }: Props) {
  const now = useNow();
  return (
    <ol className={styles.groups} aria-label="Results" aria-busy={stale} data-stale={stale || undefined}>
      {groups.map(({ session, hits, more, atLeast }) => (
        <li key={session.id} className={styles.group}>
          <h2 className={styles.head}>
            <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{}} preload={false} className={styles.title}>
              {session.title}
            </Link>
            <span className={styles.about}>
              <span title={session.projectPath ?? session.project}>{session.project}</span>
              <span>{agentNames[session.agent]}</span>
              <time title={formatFull(session.lastAtMs)}>{formatAge(session.lastAtMs, now)}</time>
            </span>
          </h2>
          {hits.map((hit) => (
            <HitRow key={`${hit.agentId ?? ""}:${hit.id}`} session={session.id} hit={hit} now={now} />
          ))}
          {(more > 0 || atLeast) && (
            <p className={styles.more}>
              and {atLeast && "at least "}
              {plural(more, "more hit")} in this session
              {find !== undefined && (
                <>
                  {" · "}
                  <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{ find }} preload={false} className={styles.find}>
                    Find them there
                  </Link>
                </>
              )}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
