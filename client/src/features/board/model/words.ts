import type { Card, CardEvidence, CardState, DeliveryState, LaneName } from "@/api/types";

export const laneWords: Record<LaneName, string> = { "needs-you": "Needs you", working: "Working", idle: "Idle", ended: "Done today" };

const reasonWords: Record<NonNullable<Card["reason"]>, string> = {
  permission: "permission",
  question: "question",
  plan: "plan to approve",
  error: "error",
  limit: "usage limit",
  login: "login",
  stuck: "stuck",
};

const stateWords: Record<CardState, string> = {
  "needs-you": "needs you",
  working: "working",
  background: "in the background",
  done: "done, unread",
  idle: "idle",
  unknown: "unknown",
  ended: "ended",
};

export type Tone = "call" | "busy" | "news" | "calm" | "unknown";

const tones: Record<CardState, Tone> = {
  "needs-you": "call",
  working: "busy",
  background: "busy",
  done: "news",
  idle: "calm",
  unknown: "unknown",
  ended: "calm",
};

/** What the chip on a card says. */
export const stateOf = ({ state, reason }: Pick<Card, "state" | "reason">) => ({
  tone: tones[state],
  word: state === "needs-you" && reason !== null ? reasonWords[reason] : stateWords[state],
});

/** Sources by what a person would look at. */
export const sourceWords: Record<CardEvidence["source"], string> = {
  process: "process",
  registry: "agent's registry",
  hook: "hook",
  transcript: "transcript",
  title: "window title",
  screen: "screen",
};

const claimWords: Record<CardEvidence["claim"], string> = {
  unclear: "cannot tell",
  alive: "runs",
  idle: "idle",
  "turn-ended": "the turn ended",
  background: "goes on in the background",
  busy: "works",
  asks: "asks",
  failed: "failed",
  gone: "gone",
};

export const claimOf = ({ claim, reason }: Pick<CardEvidence, "claim" | "reason">) =>
  reason === null ? claimWords[claim] : `${claimWords[claim]}: ${reasonWords[reason]}`;

/** Who says so, and how sure that is. */
export const verdictOf = ({ source, confidence }: Pick<Card, "source" | "confidence">) =>
  source === null ? "nobody says" : `${sourceWords[source]}, ${confidence} confidence`;

export const deliveryWords: Record<DeliveryState, string> = {
  queued: "queued",
  typed: "typed",
  submitted: "submitted",
  consumed: "taken",
  refused: "not sent",
  cancelled: "cancelled",
  indeterminate: "in doubt",
};

/** What becomes of a reply, said before it is written. */
export function replyHint({ state, reason }: Pick<Card, "state" | "reason">): string {
  if (state === "needs-you" && (reason === "permission" || reason === "question" || reason === "plan" || reason === "login")) return "It asks something: answer that first. The text stays here.";
  if (state === "working" || state === "background") return "It works: the text waits until it can be taken.";
  return state === "unknown" ? "It is not known what it does: the text may be refused." : "";
}

export interface Line {
  part: "asked" | "now" | "why" | "word" | "tool" | "ask";
  text: string;
}

const detailParts: Record<Exclude<CardState, "done">, Line["part"]> = {
  "needs-you": "asked",
  working: "now",
  background: "now",
  idle: "why",
  unknown: "why",
  ended: "why",
};

const quoted = (text: string): Line => ({ part: "word", text: `“${text}”` });

/** The lines of a card, what matters most first: what is asked, what it does now or said last, and what it was told. */
export function linesOf(card: Card, title: string): Line[] {
  const { detail, rollup, state } = card;
  const lines: Line[] = [];
  const action = rollup?.lastAction ?? null;
  const isWord = state === "done" || (state === "idle" && detail === action);
  if (detail !== null) lines.push(isWord ? quoted(detail) : { part: detailParts[state], text: detail });
  // The detail of what is done is the agent's last word.
  if (action !== null && action !== detail && !(state === "done" && detail !== null))
    lines.push(rollup?.lastActionKind === "reply" ? quoted(action) : { part: "tool", text: action });
  const ask = rollup?.lastAsk ?? null;
  if (ask !== null && ask !== title) lines.push({ part: "ask", text: ask });
  return lines;
}

export const titleOf = (card: Card, titles: Readonly<Record<string, string>>) =>
  (card.sessionId === null ? undefined : titles[card.sessionId]) ?? card.rollup?.lastAsk ?? card.project ?? "New session";
