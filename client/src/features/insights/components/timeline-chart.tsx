import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Timeline, TimelineProject } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatDays, formatTimeIn, plural } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { DataTable } from "@/ui/data-table";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getTimeline } from "../api/get-insights";
import { addDays, type Days } from "../model/place";
import { folderOf, nameOf } from "../model/series";
import section from "./insights-section.module.css";
import styles from "./timeline-chart.module.css";

const question = "Who worked when, and what came of it?";
/** More days than these would make bars of minutes too short to see. */
const mostDays = 14;

/** The sessions of the last days by project, side by side, with their commits. */
export function TimelineChart({ days }: { days: Days }) {
  const first = addDays(days.to, 1 - mostDays);
  const from = days.from > first ? days.from : first;
  const timeline = useQuery(getTimeline({ ...days, from }));
  return (
    <section className={section.section} aria-labelledby="timeline-question">
      <h2 id="timeline-question">{question}</h2>
      <p className={section.words}>
        {formatDays(from, days.to)}, {days.zone}. A tick is a commit: solid of high confidence, hollow of medium, dotted of low.
      </p>
      {timeline.isPending ? (
        <Skeleton label="Loading the timeline" rows={4} />
      ) : timeline.isError ? (
        <ErrorFace title="The timeline could not be loaded" error={timeline.error} onRetry={() => void timeline.refetch()} />
      ) : timeline.data.projects.length === 0 ? (
        <p className={section.note}>No session worked in these days.</p>
      ) : (
        <Lanes timeline={timeline.data} />
      )}
    </section>
  );
}

function Lanes({ timeline }: { timeline: Timeline }) {
  return (
    <>
      <ul className={styles.projects}>
        {timeline.projects.map((project) => (
          <ProjectLanes key={project.path ?? ""} project={project} timeline={timeline} />
        ))}
      </ul>
      {timeline.more > 0 && <p className={section.note}>{plural(timeline.more, "older session")} of these days left out.</p>}
      <details className={section.table}>
        <summary>As a table</summary>
        <DataTable
          label={question}
          columns={[{ label: "Session" }, { label: "Project" }, { label: `From, ${timeline.zone}` }, { label: "To" }, { label: "Commits", number: true }, { label: "Cost", number: true }]}
          rows={timeline.projects.flatMap((project) =>
            project.bars.map((bar) => ({
              key: bar.sessionId,
              cells: [
                <Link key="session" className={section.open} to="/sessions/$sessionId" params={{ sessionId: bar.sessionId }} search={{ panel: "commits" }}>
                  {visibleText(bar.title ?? "") || "Untitled session"}
                </Link>,
                project.path === null ? nameOf("project", null) : folderOf(project.path),
                formatTimeIn(bar.fromMs, timeline.zone),
                formatTimeIn(bar.toMs, timeline.zone),
                project.ticks.filter((tick) => tick.sessionId === bar.sessionId && tick.confidence !== "low" && tick.state === "shipped").length,
                costOf(bar)?.text ?? "–",
              ],
            })),
          )}
        />
      </details>
    </>
  );
}

function ProjectLanes({ project, timeline }: { project: TimelineProject; timeline: Timeline }) {
  const at = (ms: number) => (100 * Math.max(0, Math.min(timeline.toMs, ms) - timeline.fromMs)) / (timeline.toMs - timeline.fromMs);
  const laneOf = new Map(project.bars.map((bar) => [bar.sessionId, bar.lane]));
  const name = project.path === null ? nameOf("project", null) : folderOf(project.path);
  return (
    <li className={styles.project}>
      <span className={styles.name} title={project.path ?? undefined}>
        {name}
        <span className={section.path}>{plural(project.bars.length, "session")}</span>
      </span>
      <div className={styles.lanes} style={{ gridTemplateRows: `repeat(${project.lanes}, 1.5rem)` }}>
        {project.bars.map((bar) => {
          const from = at(bar.fromMs);
          const title = visibleText(bar.title ?? "") || "Untitled session";
          return (
            <Link
              key={bar.sessionId}
              className={styles.bar}
              style={{ gridRow: bar.lane + 1, left: `${from}%`, width: `${at(bar.toMs) - from}%` }}
              to="/sessions/$sessionId"
              params={{ sessionId: bar.sessionId }}
              search={{ panel: "commits" }}
              aria-label={`${title}, ${name}, ${formatTimeIn(bar.fromMs, timeline.zone)}, ${plural(bar.commits, "commit")}`}
              title={`${title}\n${formatTimeIn(bar.fromMs, timeline.zone)} – ${formatTimeIn(bar.toMs, timeline.zone)}\n${costOf(bar)?.text ?? "no cost"}, ${plural(bar.commits, "commit")}`}
            />
          );
        })}
        {project.ticks.map((tick) => (
          <span
            key={`${tick.hash} ${tick.sessionId}`}
            className={styles.tick}
            data-confidence={tick.confidence}
            data-state={tick.state}
            style={{ gridRow: (laneOf.get(tick.sessionId) ?? 0) + 1, left: `${at(tick.atMs)}%` }}
            title={`${tick.hash.slice(0, 7)} ${visibleText(tick.subject)}, ${tick.confidence}, ${tick.state}`}
            aria-hidden="true"
          />
        ))}
      </div>
    </li>
  );
}
