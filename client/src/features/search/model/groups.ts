import type { SearchGroup, SearchHit } from "@/api/types";

/** One group a session, also where a later page found more of it; in the order in which they came. */
export function merge(groups: readonly SearchGroup[]): SearchGroup[] {
  const merged = new Map<string, SearchGroup>();
  for (const group of groups) {
    const known = merged.get(group.session.id);
    merged.set(
      group.session.id,
      known === undefined ? group : { ...known, hits: [...known.hits, ...group.hits], more: known.more + group.more, atLeast: known.atLeast || group.atLeast },
    );
  }
  return [...merged.values()];
}

export interface Part {
  text: string;
  marked: boolean;
}

/** A snippet in pieces, those that were asked for marked. */
export function partsOf({ snippet, marks }: Pick<SearchHit, "snippet" | "marks">): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, length } of marks) {
    if (start > at) parts.push({ text: snippet.slice(at, start), marked: false });
    parts.push({ text: snippet.slice(start, start + length), marked: true });
    at = start + length;
  }
  if (at < snippet.length) parts.push({ text: snippet.slice(at), marked: false });
  return parts;
}
