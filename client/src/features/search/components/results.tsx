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
}

export function Results({ groups, stale }: Props) {
  const now = useNow();
  return (
    <ol className={styles.groups} aria-label="Results" aria-busy={stale} data-stale={stale || undefined}>
      {groups.map(({ session, hits, more }) => (
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
          {more > 0 && <p className={styles.more}>and {plural(more, "more hit")} in this session</p>}
        </li>
      ))}
    </ol>
  );
}
