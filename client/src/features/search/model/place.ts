import type { SearchHit } from "@/api/types";

export type SearchMode = "words" | "substring" | "regex";

/** What is looked for, as it stands in the address. */
export interface SearchPlace {
  q?: string;
  mode?: "substring" | "regex";
}

export function readSearchPlace(search: Record<string, unknown>): SearchPlace {
  const { q, mode } = search;
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(mode === "substring" || mode === "regex" ? { mode } : {}),
  };
}

/** Where a hit opens in its session: the item itself, unfolded. */
export const placeOf = (hit: SearchHit) => ({
  focus: hit.id,
  unfold: "1" as const,
  ...(hit.agentId === null ? {} : { agent: hit.agentId }),
});
