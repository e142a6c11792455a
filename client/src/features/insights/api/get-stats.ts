import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { StatsQuery } from "@/api/types";

/** Figures grow while agents work; nobody needs them sooner. */
const everyMs = 30_000;

export const getStats = (query: StatsQuery) =>
  queryOptions({
    queryKey: ["stats", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/stats", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });

/** Where the same figures are to be had as a file. */
export const statsFile = (query: StatsQuery, format: "csv" | "json") => `/api/stats?${new URLSearchParams({ ...query, format }).toString()}`;
