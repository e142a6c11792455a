import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { ConcurrencyQuery } from "@/api/types";

const everyMs = 60_000;

export const getConcurrency = (query: ConcurrencyQuery) =>
  queryOptions({
    queryKey: ["stats", "concurrency", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/stats/concurrency", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });

/** Where the days are to be had as a file. */
export const concurrencyFile = (query: ConcurrencyQuery) => `/api/stats/concurrency?${new URLSearchParams({ ...query, format: "csv" }).toString()}`;
