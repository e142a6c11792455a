import { useEffect, useState } from "react";
import { plural } from "@/lib/format";
import { markSessions, type Bulk } from "../api/curation";

interface Undo {
  words: string;
  run: () => void;
}

const done = (bulk: Bulk, count: number): string => {
  const sessions = plural(count, "session");
  if ("tag" in bulk) return bulk.on ? `${bulk.tag} put on ${sessions}` : `${bulk.tag} taken off ${sessions}`;
  const words = { star: ["starred", "no longer starred"], archive: ["archived", "back from the archive"], read: ["marked as read", "marked as unread"], pin: ["pinned", "no longer pinned"] };
  return `${sessions} ${words[bulk.mark][bulk.on ? 0 : 1]}`;
};

/** Long enough to read it and to reach the button. */
const undoMs = 8000;

/** Changes several sessions with one request, and offers to take back exactly what that changed. */
export function useBulk(notify: (words: string) => void) {
  const [undo, setUndo] = useState<Undo | null>(null);
  useEffect(() => {
    if (undo === null) return undefined;
    const timer = setTimeout(() => setUndo(null), undoMs);
    return () => clearTimeout(timer);
  }, [undo]);
  const change = async (ids: readonly string[], bulk: Bulk, isUndo = false) => {
    setUndo(null);
    try {
      const { changed } = await markSessions(ids, bulk);
      if (changed.length === 0 || isUndo) notify(isUndo ? "Taken back" : "It was so already");
      else setUndo({ words: done(bulk, changed.length), run: () => void change(changed, { ...bulk, on: !bulk.on }, true) });
    } catch (error) {
      notify(error instanceof Error ? error.message : "That could not be stored.");
    }
  };
  return { change, undo };
}
