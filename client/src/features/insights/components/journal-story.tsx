import { Link } from "@tanstack/react-router";
import { useMemo, type ReactNode } from "react";
import type { Journal } from "@/api/types";
import { costOf } from "@/lib/cost";
import { clockOf, plural } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { eventsOf, type JournalEvent } from "../model/journal";
import { folderOf, nameOf } from "../model/series";
import styles from "./journal-story.module.css";

const names: Record<JournalEvent["kind"], string> = { session: "Session", ask: "Asked", commit: "Commit", note: "Note", errors: "Errors" };

/** What happened, in the order in which it did. */
export function JournalStory({ journal }: { journal: Journal }) {
  const events = useMemo(() => eventsOf(journal), [journal]);
  const clock = useMemo(() => clockOf(journal.zone), [journal.zone]);
  return (
    <section aria-labelledby="story">
      <h2 id="story" className={styles.heading}>What happened</h2>
      <ol className={styles.story}>
        {events.map((event) => (
          <li key={event.key} className={styles.event} data-kind={event.kind}>
            <time className={styles.time} dateTime={new Date(event.atMs).toISOString()}>{clock(event.atMs)}</time>
            <span className={styles.kind}>{names[event.kind]}</span>
            <Told event={event} clock={clock} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const Told = ({ event, clock }: { event: JournalEvent; clock: (atMs: number) => string }) => {
  switch (event.kind) {
    case "session":
      return <SessionTold session={event.session} clock={clock} />;
    case "ask":
      return (
        <Lines said={<Link className={styles.said} to="/sessions/$sessionId" params={{ sessionId: event.ask.sessionId }} search={{ focus: event.ask.item, unfold: "1" }}>{visibleText(event.ask.text) || "(nothing to show)"}</Link>}>
          {event.ask.title !== event.ask.text && <Where title={event.ask.title} />}
        </Lines>
      );
    case "commit":
      return (
        <Lines said={<Link className={styles.said} to="/sessions/$sessionId" params={{ sessionId: event.commit.sessionId }} search={{ panel: "commits" }}>{visibleText(event.commit.subject) || "(no subject)"}</Link>}>
          <code className={styles.hash}>{event.commit.hash.slice(0, 10)}</code> · {event.commit.state} · <span title={visibleText(event.commit.why)}>{event.commit.confidence} confidence</span> · +{event.commit.addedLines} −{event.commit.removedLines} · <Where title={event.commit.title} />
        </Lines>
      );
    case "note":
      return (
        <Lines said={<span className={styles.note}>{visibleText(event.note.text)}</span>}>
          <Link className={styles.open} to="/sessions/$sessionId" params={{ sessionId: event.note.sessionId }} search={{ panel: "notes" }}><Where title={event.note.title} /></Link>
        </Lines>
      );
    case "errors": {
      const { failures } = event;
      return (
        <Lines
          said={
            <Link className={styles.said} to="/sessions/$sessionId" params={{ sessionId: failures.sessionId }} search={{ focus: failures.item, unfold: "1", ...(failures.agent === null ? {} : { agent: failures.agent }) }}>
              {failures.names.map(({ name, count }) => `${count} × ${visibleText(name)}`).join(", ")}
            </Link>
          }
        >
          {failures.apiErrors > 0 && `${plural(failures.apiErrors, "error")} of the API · `}
          {failures.toolErrors > 0 && `${plural(failures.toolErrors, "failed call")} · `}
          the first of them · <Where title={failures.title} />
        </Lines>
      );
    }
  }
};

function SessionTold({ session, clock }: { session: Journal["sessions"][number]; clock: (atMs: number) => string }) {
  const cost = costOf(session);
  return (
    <Lines said={<Link className={styles.said} data-strong="true" to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{}}>{titleOf(session.title)}</Link>}>
      {session.beganBefore ? "went on" : "began"}, active until {clock(session.toMs)}
      {session.wentOn && ", and after this day"} · {nameOf("agent", session.agent)}
      {session.projectPath !== null && <span title={visibleText(session.projectPath)}> · {folderOf(session.projectPath)}</span>} · {plural(session.responses, "response")}
      {cost !== null && <span title={cost.title}> · {cost.text}</span>}
      {session.outcome !== "unknown" && ` · ${session.outcome}`}
      {session.healthWhy !== null && <span className={styles.health} data-health={session.health}> · {visibleText(session.healthWhy)}</span>}
    </Lines>
  );
}

const titleOf = (title: string | null) => visibleText(title ?? "") || "Untitled session";

/** In which session, in as little room as there is. */
const Where = ({ title }: { title: string | null }) => <span className={styles.where} title={titleOf(title)}>{titleOf(title)}</span>;

const Lines = ({ said, children }: { said: ReactNode; children: ReactNode }) => (
  <div className={styles.lines}>
    {said}
    <p className={styles.soft}>{children}</p>
  </div>
);
