import { useCallback, useSyncExternalStore } from "react";

export const phone = "(max-width: 47.99rem)";
export const narrow = "(max-width: 74.99rem)";

export function useMedia(query: string): boolean {
  const watch = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(watch, () => window.matchMedia(query).matches);
}
