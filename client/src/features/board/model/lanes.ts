import type { Card, CardState, LaneName } from "@/api/types";

export interface Lane {
  name: LaneName;
  cards: readonly Card[];
  /** Out of sight until they wake. */
  snoozed: readonly Card[];
  /** Places kept free before the held card, so that it stays where it is when those above it leave. */
  kept: number;
}

export const laneOrder: readonly LaneName[] = ["needs-you", "working", "idle", "ended"];

/** Within a lane: what is known before what is not, what a person began before what goes on without one. */
const rank: Record<CardState, number> = { "needs-you": 0, working: 0, done: 0, idle: 1, background: 1, unknown: 2, ended: 0 };

/** Who waits for a person waits longest first; of the others the latest change is of interest. */
const byTime = (a: Card, b: Card) => (a.lane === "needs-you" ? a.sinceMs - b.sinceMs : b.sinceMs - a.sinceMs);

const compare = (a: Card, b: Card) =>
  Number(b.marks.pinned) - Number(a.marks.pinned) ||
  Number(a.marks.muted) - Number(b.marks.muted) ||
  rank[a.state] - rank[b.state] ||
  byTime(a, b) ||
  (a.id < b.id ? -1 : 1);

/** @param todayMs When this day began: what ended before it is not of today. */
export function toLanes(cards: readonly Card[], todayMs: number): Lane[] {
  const shown = cards.filter((card) => card.lane !== "ended" || card.sinceMs >= todayMs);
  return laneOrder.map((name) => {
    const all = shown.filter((card) => card.lane === name).sort(compare);
    return { name, cards: all.filter((card) => !card.marks.snoozed), snoozed: all.filter((card) => card.marks.snoozed), kept: 0 };
  });
}

/** Leaves the card that somebody points at where it was, whatever has become of it; what it says is new. */
export function holdCard(before: readonly Lane[], next: readonly Lane[], id: string | null): readonly Lane[] {
  const home = before.find((lane) => lane.cards.some((card) => card.id === id));
  const card = next.flatMap((lane) => [...lane.cards, ...lane.snoozed]).find((candidate) => candidate.id === id);
  if (home === undefined || card === undefined) return next;
  const place = home.cards.findIndex((candidate) => candidate.id === id) + home.kept;
  return next.map((lane) => {
    const cards = lane.cards.filter((candidate) => candidate.id !== id);
    const snoozed = lane.snoozed.filter((candidate) => candidate.id !== id);
    if (lane.name !== home.name) return { ...lane, cards, snoozed };
    return { ...lane, cards: cards.toSpliced(place, 0, card), snoozed, kept: Math.max(0, place - cards.length) };
  });
}

/** The cards as the eye and the keys go through them. */
export const inOrder = (lanes: readonly Lane[]) => lanes.flatMap((lane) => lane.cards);
