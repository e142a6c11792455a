import type { Journal } from "@/api/types";

/** One thing that happened on the day. */
export type JournalEvent =
  | { kind: "session"; atMs: number; key: string; session: Journal["sessions"][number] }
  | { kind: "ask"; atMs: number; key: string; ask: Journal["asks"][number] }
  | { kind: "commit"; atMs: number; key: string; commit: Journal["commits"][number] }
  | { kind: "note"; atMs: number; key: string; note: Journal["notes"][number] }
  | { kind: "errors"; atMs: number; key: string; failures: Journal["errors"][number] };

/** At one time a session comes before what was asked of it. */
const order: Record<JournalEvent["kind"], number> = { session: 0, ask: 1, errors: 2, commit: 3, note: 4 };

/** All that happened, in the order in which it did. */
export function eventsOf(journal: Journal): JournalEvent[] {
  const events: JournalEvent[] = [
    ...journal.sessions.map((session): JournalEvent => ({ kind: "session", atMs: session.fromMs, key: `session ${session.id}`, session })),
    ...journal.asks.map((ask): JournalEvent => ({ kind: "ask", atMs: ask.atMs, key: `ask ${ask.sessionId} ${ask.item}`, ask })),
    ...journal.commits.map((commit): JournalEvent => ({ kind: "commit", atMs: commit.atMs, key: `commit ${commit.hash} ${commit.sessionId}`, commit })),
    ...journal.notes.map((note): JournalEvent => ({ kind: "note", atMs: note.atMs, key: `note ${note.id}`, note })),
    ...journal.errors.map((failures): JournalEvent => ({ kind: "errors", atMs: failures.firstAtMs, key: `errors ${failures.sessionId}`, failures })),
  ];
  return events.sort((a, b) => a.atMs - b.atMs || order[a.kind] - order[b.kind]);
}

/** What is told of the day as a whole, each with its figure of the day before. */
export const figuresOf = ({ totals, dayBefore }: Journal): { label: string; count: number; before: number }[] => [
  { label: "Sessions", count: totals.sessions, before: dayBefore.sessions },
  { label: "Asks", count: totals.asks, before: dayBefore.asks },
  { label: "Responses", count: totals.responses, before: dayBefore.responses },
  { label: "Commits shipped", count: totals.commits, before: dayBefore.commits },
  { label: "Errors", count: totals.apiErrors + totals.toolErrors, before: dayBefore.apiErrors + dayBefore.toolErrors },
];

export const isEmpty = ({ sessions, commits, notes }: Journal) => sessions.length + commits.length + notes.length === 0;
