import { useCallback } from "react";

const offsets = new Map<string, number>();

/** Remembers how far a list was scrolled while this tab is open, so that coming back lands on the same rows. */
export function useKeptScroll(list: string) {
  const keep = useCallback((offset: number) => void offsets.set(list, offset), [list]);
  return [offsets.get(list) ?? 0, keep] as const;
}
