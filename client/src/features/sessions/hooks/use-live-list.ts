import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useServerEvents } from "@/api/use-events";
import { listSessions } from "../api/list-sessions";
import type { Filters } from "../model/filters";
import { applySession } from "../model/live-list";

/** Keeps the loaded pages current. Says whether rows wait for the reader to come back to the top. */
export function useLiveList(filters: Filters, isAtTop: () => boolean) {
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState(false);
  const { queryKey } = listSessions(filters);
  useServerEvents((event) => {
    if (event.type !== "session") return;
    const pages = queryClient.getQueryData(queryKey);
    if (pages === undefined) return;
    const next = applySession(pages, event.data, filters, isAtTop());
    if (next.pages !== pages) queryClient.setQueryData(queryKey, { ...pages, pages: next.pages.pages });
    if (next.waiting) setWaiting(true);
  });
  const settle = () => {
    setWaiting(false);
    void queryClient.invalidateQueries({ queryKey });
  };
  return { waiting, settle };
}
