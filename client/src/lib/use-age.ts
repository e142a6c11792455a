import { useSyncExternalStore } from "react";
import { formatAge } from "./format";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages on screen; it stands still while there is none. */
function watch(watcher: () => void) {
  watchers.add(watcher);
  timer ??= setInterval(() => watchers.forEach((each) => each()), 1000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago, in words. Renders again only when the words change. */
export const useAge = (atMs: number | null): string => useSyncExternalStore(watch, () => formatAge(atMs, Date.now()));
