import type { SessionSummary } from "@/api/types";
import { setMark, type Mark } from "../api/curation";

const done: Record<Mark, readonly [on: string, off: string]> = {
  pin: ["Pinned", "No longer pinned"],
  star: ["Starred", "No longer starred"],
  archive: ["Archived", "Back from the archive"],
  read: ["Marked as read", "Marked as unread"],
};

export const isMarked = ({ marks }: SessionSummary, mark: Mark) =>
  ({ pin: marks.pinned, star: marks.starred, archive: marks.archived, read: !marks.unread })[mark];

/** Turns a mark of a session over; the stream then tells it to every page that shows the session. */
export function useMarking(notify: (words: string) => void) {
  return async (session: SessionSummary, mark: Mark) => {
    const on = !isMarked(session, mark);
    try {
      await setMark(session.id, mark, on);
      notify(done[mark][on ? 0 : 1]);
    } catch (error) {
      notify(error instanceof Error ? error.message : "That could not be stored.");
    }
  };
}
