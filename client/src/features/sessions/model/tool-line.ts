import type { Item, ToolOutcome } from "@/api/types";
import { formatBytes, formatCount, formatDuration, plural } from "@/lib/format";

type Told = Pick<Item, "outcome" | "status">;

/** Shorter than this (in milliseconds) says nothing about where the time went. */
const worthTelling = 100;

/** The short facts at the end of a folded tool line, most telling first. */
export function outcomeFacts({ outcome, status }: Told): string[] {
  const facts: string[] = [];
  const add = (value: number | null | undefined, write: (value: number) => string) => {
    if (value !== null && value !== undefined) facts.push(write(value));
  };
  if (status === "denied" || status === "cancelled" || status === "running") facts.push(status);
  if (status === "error" && (outcome?.exitCode ?? null) === null) facts.push("failed");
  if (outcome === null) return facts;
  if (outcome.commit) facts.push(outcome.commit.slice(0, 8));
  add(outcome.exitCode, (code) => `exit ${code}`);
  // One file that was read has lines; "hits" are for what was looked for.
  const hits = (outcome.file ?? null) === null || (outcome.lines ?? null) === null ? outcome.hits : null;
  add(hits, (count) => plural(count, "hit"));
  const counted = (hits ?? null) !== null || hasChange(outcome);
  if (!counted) add(outcome.lines, (lines) => plural(lines, "line"));
  if (!counted && (outcome.lines ?? null) === null) add(outcome.bytes, formatBytes);
  if ((outcome.durationMs ?? 0) >= worthTelling) add(outcome.durationMs, formatDuration);
  return facts;
}

/** The first words of the result, where they say more than the figures: what failed, what a subagent found, or all there is. */
export function outcomeWords(item: Told): string | null {
  const summary = item.outcome?.summary ?? null;
  const failed = item.status === "error" || item.status === "denied" || (item.outcome?.exitCode ?? 0) !== 0;
  const isAgent = (item.outcome?.agentId ?? null) !== null;
  return failed || isAgent || outcomeFacts(item).length === 0 ? summary : null;
}

export const hasChange = (outcome: ToolOutcome | null) => (outcome?.added ?? 0) + (outcome?.removed ?? 0) > 0;

export const changeCounts = (outcome: ToolOutcome) => ({
  added: `+${formatCount(outcome.added ?? 0)}`,
  removed: `−${formatCount(outcome.removed ?? 0)}`,
});

/** The end of a path, which tells files apart; the whole of it is one unfolding away. */
export function pathEnd(path: string): string {
  const parts = path.split(/[\\/]/);
  return parts.length <= 4 ? path : `…/${parts.slice(-3).join("/")}`;
}
