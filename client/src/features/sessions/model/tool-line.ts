import type { Item, ToolOutcome } from "@/api/types";
import { formatBytes, formatCount, formatDuration, plural } from "@/lib/format";

/** The short facts at the end of a folded tool line, most telling first. */
export function outcomeFacts({ outcome, status }: Pick<Item, "outcome" | "status">): string[] {
  const facts: string[] = [];
  const add = (value: number | null | undefined, write: (value: number) => string) => {
    if (value !== null && value !== undefined) facts.push(write(value));
  };
  if (status === "denied" || status === "cancelled" || status === "running") facts.push(status);
  if (status === "error" && (outcome?.exitCode ?? null) === null) facts.push("failed");
  if (outcome === null) return facts;
  if (outcome.commit) facts.push(outcome.commit.slice(0, 8));
  if (outcome.summary) facts.push(outcome.summary);
  add(outcome.exitCode, (code) => `exit ${code}`);
  add(outcome.hits, (hits) => plural(hits, "hit"));
  if (!hasChange(outcome)) add(outcome.lines, (lines) => plural(lines, "line"));
  if ((outcome.lines ?? null) === null) add(outcome.bytes, formatBytes);
  add(outcome.durationMs, formatDuration);
  return facts;
}

export const hasChange = (outcome: ToolOutcome | null) => (outcome?.added ?? 0) + (outcome?.removed ?? 0) > 0;

export const changeCounts = (outcome: ToolOutcome) => ({
  added: `+${formatCount(outcome.added ?? 0)}`,
  removed: `−${formatCount(outcome.removed ?? 0)}`,
});
