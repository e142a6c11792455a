import type { FindMatch } from "@/api/types";

/** The next match in a direction, round the end; from nowhere the first or last. */
export function nextMatch(matches: readonly FindMatch[], active: string | null, by: 1 | -1): FindMatch | null {
  if (matches.length === 0) return null;
  const at = matches.findIndex((match) => match.id === active);
  const to = at === -1 ? (by === 1 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length;
  return matches[to] ?? null;
}
