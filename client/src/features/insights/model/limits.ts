import { agentNames } from "@/api/agent-names";
import type { Limits } from "@/api/types";
import { formatAge, formatClock, formatDay } from "@/lib/format";

export type UsageWindow = Limits["windows"][number];

const hour = 60;
const day = 24 * hour;

/** "5 hours", "7 days": Codex has called its windows a minute shorter. */
export function lengthOf(minutes: number | null): string {
  if (minutes === null) return "window";
  if (minutes + 1 < day) return `${Math.round(minutes / hour)} hours`;
  return `${Math.round(minutes / day)} days`;
}

/** By the clock if it is near, else by the day as well. */
export const formatMoment = (atMs: number, nowMs: number) =>
  Math.abs(atMs - nowMs) < 20 * hour * 60_000 ? formatClock(atMs) : `${formatDay(atMs)}, ${formatClock(atMs)}`;

export const nameOf = ({ agent, windowMinutes, name }: UsageWindow) =>
  `${agentNames[agent as keyof typeof agentNames]}, ${lengthOf(windowMinutes)}${name === null || name === agent ? "" : ` (${name})`}`;

/** What is known of it, one sentence each. */
export function linesOf(window: UsageWindow, nowMs: number): string[] {
  const age = formatAge(window.saidAtMs, nowMs);
  const said = `Said ${age === "now" ? "just now" : `${age} ago`} ${window.source === "status-line" ? "by its status line" : "in a transcript"}.`;
  if (window.state === "over") return [`It began anew${window.endsAtMs === null ? "" : ` at ${formatMoment(window.endsAtMs, nowMs)}`}; nothing was said since.`, said];
  const lines = window.endsAtMs === null ? [] : [`Begins anew at ${formatMoment(window.endsAtMs, nowMs)}.`];
  if (window.fullAtMs !== null) lines.push(`At this rate it is used up at ${formatMoment(window.fullAtMs, nowMs)}.`);
  else if (window.percentAtEnd !== null && window.usedPercent < 100) lines.push(`At this rate ${Math.round(window.percentAtEnd)} % are used by then.`);
  return [...lines, said];
}

export const levelOf = ({ state, usedPercent, fullAtMs }: UsageWindow) =>
  state === "over" ? "over" : usedPercent >= 95 ? "full" : usedPercent >= 80 || fullAtMs !== null ? "near" : "free";

/** Of each length the window that is fullest, whichever agent's: what runs out first is what is to be known. At most two lengths. */
export function fullest(windows: readonly UsageWindow[]): UsageWindow[] {
  const most = new Map<string, UsageWindow>();
  for (const window of windows.filter(({ state }) => state === "current")) {
    const known = most.get(lengthOf(window.windowMinutes));
    if (known === undefined || window.usedPercent > known.usedPercent) most.set(lengthOf(window.windowMinutes), window);
  }
  return [...most.values()].sort((a, b) => (a.windowMinutes ?? 0) - (b.windowMinutes ?? 0)).slice(0, 2);
}
