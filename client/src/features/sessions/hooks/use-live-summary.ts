import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { askAgain } from "@/api/ask-again";
import { useServerEvents } from "@/api/use-events";
import { getSummary } from "../api/get-session";

/** In milliseconds: a busy session writes many items a second, its outline and files need not follow each of them. */
const restMs = 2000;

/** Keeps the summary current, and what is derived from the whole session not far behind. */
export function useLiveSummary(sessionId: string) {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useServerEvents((event) => {
    if (event.type !== "session" || event.data.id !== sessionId) return;
    const { queryKey } = getSummary(sessionId);
    queryClient.setQueryData(queryKey, event.data);
    if (queryClient.isFetching({ queryKey }) > 0) void askAgain(queryClient, queryKey);
    timer.current ??= setTimeout(() => {
      timer.current = null;
      for (const part of ["outline", "agents", "files", "usage"])
        void queryClient.invalidateQueries({ queryKey: ["sessions", sessionId, part] });
    }, restMs);
  });
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
}
