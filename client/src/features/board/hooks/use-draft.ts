import { useCallback, useSyncExternalStore } from "react";
import { draftText, watchDrafts, writeDraft } from "../model/drafts";

/** The draft to one session. It outlives a reload. */
export function useDraft(cardId: string) {
  const text = useSyncExternalStore(watchDrafts, () => draftText(cardId));
  const write = useCallback((next: string) => writeDraft(cardId, { text: next }), [cardId]);
  return [text, write] as const;
}

export const useHasDraft = (cardId: string) => useSyncExternalStore(watchDrafts, () => draftText(cardId) !== "");
