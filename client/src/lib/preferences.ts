import { useCallback, useSyncExternalStore } from "react";

export interface Preferences {
  theme: "system" | "dark" | "light";
  detail: "all" | "edits" | "talk";
  outline: boolean;
  panel: boolean;
  density: "roomy" | "dense";
}

const watchers = new Set<() => void>();
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
};

const read = (key: string) => {
  try {
    return localStorage.getItem(`muse.${key}`);
  } catch {
    return null;
  }
};

/** A preference of this browser; `fallback` while nothing is stored. */
export function usePreference<Key extends keyof Preferences>(key: Key, fallback: Preferences[Key]) {
  const stored = useSyncExternalStore(watch, () => read(key));
  const set = useCallback(
    (value: Preferences[Key]) => {
      try {
        localStorage.setItem(`muse.${key}`, JSON.stringify(value));
      } catch {
        // A browser that stores nothing still shows the page.
      }
      for (const watcher of watchers) watcher();
    },
    [key],
  );
  return [parse<Preferences[Key]>(stored) ?? fallback, set] as const;
}

function parse<T>(stored: string | null): T | null {
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as T;
  } catch {
    return null;
  }
}
