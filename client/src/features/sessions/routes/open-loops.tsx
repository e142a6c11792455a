import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useServerEvents } from "@/api/use-events";
import { formatAge, plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { visibleText } from "@/lib/sanitize";
import { useNotice } from "@/lib/use-notice";
import { useNow } from "@/lib/use-now";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { getFacets } from "../api/list-sessions";
import { listOpenLoops } from "../api/understand";
import { useLiveCuration } from "../hooks/use-live-curation";
import { useMarking } from "../hooks/use-marking";
import { loopNames, spans } from "../model/loops";
import styles from "./open-loops.module.css";

const route = getRouteApi("/open-loops");

/** What sessions leave for somebody to take up. */
export default function OpenLoopsRoute() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow();
  const queryClient = useQueryClient();
  const loops = useQuery(listOpenLoops(filters));
  const facets = useQuery(getFacets());
  const [notice, notify] = useNotice();
  const turn = useMarking(notify);
  usePageTitle("Open loops");
  useLiveCuration();
  useServerEvents((event) => {
    // Archived, or no longer in the middle of a turn.
    if (event.type === "session") void queryClient.invalidateQueries({ queryKey: ["open-loops"] });
  });
  const { project: _project, ...anyProject } = filters;
  const { days: _days, ...anyDays } = filters;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>Open loops</h1>
        <select
          className={styles.field}
          aria-label="Project"
          value={filters.project ?? ""}
          onChange={(event) => void navigate({ search: event.target.value === "" ? anyProject : { ...anyProject, project: event.target.value }, replace: true })}
        >
          <option value="">All projects</option>
          {facets.data?.projects.map((project) => <option key={project.value} value={project.value}>{project.label}</option>)}
        </select>
        <select
          className={styles.field}
          aria-label="How far back"
          value={filters.days ?? 30}
          onChange={(event) => void navigate({ search: event.target.value === "30" ? anyDays : { ...anyDays, days: Number(event.target.value) }, replace: true })}
        >
          {spans.map((span) => <option key={span.days} value={span.days}>{span.label}</option>)}
        </select>
        <span role="status" className={styles.total}>{loops.data === undefined ? "" : plural(loops.data.total, "session")}</span>
      </header>
      {loops.isPending ? (
        <Skeleton label="Loading open loops" rows={8} />
      ) : loops.isError ? (
        <ErrorFace title="The open loops could not be loaded" error={loops.error} onRetry={() => void loops.refetch()} />
      ) : loops.data.sessions.length === 0 ? (
        <Face title="Nothing is left open">
          Questions without an answer, turns that were broken off, red tests and things left to do appear here. Archive a session to close its loops.
        </Face>
      ) : (
        <ul className={styles.list} aria-label="Sessions with open loops">
          {loops.data.sessions.map(({ session, loops: open }) => (
            <li key={session.id} className={styles.session}>
              <div className={styles.line}>
                <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{ panel: "brief" }} className={styles.name}>{session.title}</Link>
                <span className={styles.sub}>{[session.project, session.branch, formatAge(session.lastAtMs, now)].filter(Boolean).join(" · ")}</span>
                <Button icon="archive" look="quiet" aria-label={`Archive ${session.title}`} title="Archive: closes its loops" onClick={() => void turn(session, "archive")} />
              </div>
              <ul>
                {open.map((loop) => (
                  <li key={loop.kind}>
                    <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{ focus: loop.item, unfold: "1", panel: "brief" }} className={styles.loop}>
                      <span className={styles.kind}>{loopNames[loop.kind]}</span>
                      <span className={styles.text}>{visibleText(loop.text)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      <Notice>{notice}</Notice>
    </div>
  );
}
