import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type RefObject } from "react";
import type { Transcript } from "@/api/types";
import { useServerEvents, useTopic } from "@/api/use-events";
import { fetchWindow, windowKey, type WindowOf } from "../api/get-session";
import type { Anchor } from "../model/anchor";
import { shows } from "../model/detail";
import { append, applyItems, hasTemporaryIds, prepend } from "../model/window";

export type Edge = "before" | "after";

interface Options extends WindowOf {
  anchor: Anchor;
  /** What the reader looks at: where to fetch again after a gap, without moving the text under the eyes. */
  looksAt: RefObject<{ item: string | null; following: boolean }>;
  onAdded: (count: number) => void;
}

/** A window of a transcript that grows at both ends and is patched by live items. */
export function useTranscript({ anchor, looksAt, onAdded, ...of }: Options) {
  const queryClient = useQueryClient();
  const queryKey = windowKey(of, anchor);
  const [loading, setLoading] = useState<Edge | null>(null);
  const [failed, setFailed] = useState<Edge | null>(null);
  const busy = useRef(false);

  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const { item, following } = looksAt.current;
      const again = queryClient.getQueryData(queryKey) !== undefined && item !== null;
      return fetchWindow(of, again ? (following ? { at: "tail" } : { at: "around", item }) : anchor, signal);
    },
    // Merging keeps the items it does not touch, so nothing is won by comparing all of them.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    // Nobody patches a window that is not shown, so a later visit starts anew.
    gcTime: 0,
  });
  const { data: window } = query;
  const change = (by: (window: Transcript) => Transcript) =>
    queryClient.setQueryData<Transcript>(queryKey, (now) => (now === undefined ? now : by(now)));

  const load = async (edge: Edge) => {
    const end = edge === "before" ? window?.items[0] : window?.items.at(-1);
    const more = edge === "before" ? window?.hasBefore : window?.hasAfter;
    if (end === undefined || more !== true || busy.current) return;
    busy.current = true;
    setLoading(edge);
    setFailed(null);
    try {
      const page = await fetchWindow(of, { at: edge, item: end.id });
      if (page.generation !== window?.generation) void queryClient.invalidateQueries({ queryKey });
      else change((now) => (edge === "before" ? prepend(now, page) : append(now, page)));
    } catch {
      setFailed(edge);
    } finally {
      busy.current = false;
      setLoading(null);
    }
  };

  const isMine = (event: { sessionId: string; agentId: string | null }) =>
    event.sessionId === of.sessionId && event.agentId === of.agentId;

  useTopic(window === undefined ? null : `session:${of.sessionId}:${of.agentId ?? ""}`, () => {
    const now = queryClient.getQueryData<Transcript>(queryKey);
    const since = now === undefined ? "" : `@${now.generation}.${now.revision}`;
    return `session:${of.sessionId}${since}${of.agentId === null ? "" : `:${of.agentId}`}`;
  });

  useServerEvents((event) => {
    const now = queryClient.getQueryData<Transcript>(queryKey);
    if (now === undefined) return;
    if (event.type === "reset" && isMine(event.data)) void queryClient.invalidateQueries({ queryKey: ["sessions", of.sessionId] });
    if (event.type === "session" && event.data.id === of.sessionId) {
      change((current) => ({ ...current, session: event.data }));
      if (event.data.indexed === 1 && hasTemporaryIds(now)) void queryClient.invalidateQueries({ queryKey });
    }
    if (event.type === "items" && isMine(event.data)) {
      const patched = applyItems(now, event.data, (item) => shows(of.detail, item));
      if (patched.verdict === "stale") void queryClient.invalidateQueries({ queryKey });
      if (patched.verdict !== "patched") return;
      change(() => patched.window);
      for (const item of event.data.items)
        void queryClient.invalidateQueries({ queryKey: ["sessions", of.sessionId, "item", of.agentId, item.id] });
      if (patched.added > 0) onAdded(patched.added);
    }
  });

  return { window, query, load, loading, failed };
}
