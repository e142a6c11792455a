import type { Card, CardEvidence, CardState, LaneName } from "@/api/types";

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

/** What was asked, unless the title says it already. */
export const askOf = (card: Card, title: string) => (card.rollup?.lastAsk === title ? null : (card.rollup?.lastAsk ?? null));

/** What the agent said or did last, unless the verdict's own words say it. */
export function actionOf(card: Card): string | null {
  const action = card.rollup?.lastAction ?? null;
  if (action === null || action === card.detail) return null;
  return card.rollup?.lastActionKind === "reply" ? `“${action}”` : action;
}

export const titleOf = (card: Card, titles: Readonly<Record<string, string>>) =>
  (card.sessionId === null ? undefined : titles[card.sessionId]) ?? card.rollup?.lastAsk ?? card.project ?? "New session";
