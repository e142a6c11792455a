import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useServerEvents } from "@/api/use-events";
import { listSessions } from "../api/list-sessions";
import type { Filters } from "../model/filters";
import { applySession, firstPage } from "../model/live-list";

/** Keeps the loaded pages current. Says whether rows wait for the reader to come back to the top. */
export function useLiveList(filters: Filters, isAtTop: () => boolean) {
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState(false);
  const { queryKey } = listSessions(filters);
  const settle = () => {
    setWaiting(false);
    // Of all the loaded pages only the first is fetched again; the others come back with the scroll.
    queryClient.setQueryData(queryKey, (pages) => (pages === undefined ? pages : { ...pages, ...firstPage(pages) }));
    void queryClient.invalidateQueries({ queryKey });
  };
  useServerEvents((event) => {
    if (event.type === "hello" && event.data.verdict === "gap") {
      if (isAtTop()) settle();
      else setWaiting(true);
    }
    if (event.type !== "session") return;
    const pages = queryClient.getQueryData(queryKey);
    if (pages === undefined) return;
    const next = applySession(pages, event.data, filters, isAtTop());
    if (next.pages !== pages) queryClient.setQueryData(queryKey, { ...pages, pages: next.pages.pages });
    if (next.waiting) setWaiting(true);
  });
  return { waiting, settle };
}
