import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { JournalQuery } from "@/api/types";

/** Today grows while it is read. */
const everyMs = 30_000;

export const getJournal = (query: JournalQuery) =>
  queryOptions({
    queryKey: ["journal", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/journal", { params: { query }, signal })),
    refetchInterval: everyMs,
  });

/** Where the same is to be had as a file. */
export const journalFile = (query: JournalQuery, format: "md" | "csv" | "json") => `/api/journal?${new URLSearchParams({ ...query, format }).toString()}`;
