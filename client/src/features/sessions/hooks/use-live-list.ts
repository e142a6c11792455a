import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useServerEvents } from "@/api/use-events";
import { fetchCosts, listSessions } from "../api/list-sessions";
import type { Filters } from "../model/filters";
import { applyCosts, applySession, firstPage } from "../model/live-list";

/** A row is told before what was read of it is counted; and an agent that writes writes again at once. */
const settleMs = 1000;
/** As many as one request may name. */
const mostAtOnce = 200;

/** Keeps the loaded pages current. Says whether rows wait for the reader to come back to the top. */
export function useLiveList(filters: Filters, isAtTop: () => boolean) {
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState(false);
  const { queryKey } = listSessions(filters);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const refreshCosts = async () => {
    timer.current = undefined;
    const ids = [...changed.current].slice(0, mostAtOnce);
    changed.current.clear();
    try {
      const costs = await fetchCosts(ids);
      queryClient.setQueryData(queryKey, (pages) => (pages === undefined ? pages : { ...pages, ...applyCosts(pages, costs) }));
    } catch {
      // The cost stays as it was; the next change of the row asks again.
    }
  };
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
    changed.current.add(event.data.id);
    timer.current ??= setTimeout(() => void refreshCosts(), settleMs);
  });
  return { waiting, settle };
}
