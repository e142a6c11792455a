import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { InsightsQuery, TimelineQuery } from "@/api/types";

/** Repositories are read once a minute. */
const everyMs = 60_000;

export const getInsights = (query: InsightsQuery) =>
  queryOptions({
    queryKey: ["insights", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/insights", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });

export const getTimeline = (query: TimelineQuery) =>
  queryOptions({
    queryKey: ["insights", "timeline", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/insights/timeline", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });

/** Where the same is to be had as a file. */
export const insightsFile = (query: InsightsQuery, format: "csv" | "json") => `/api/insights?${new URLSearchParams({ ...query, format }).toString()}`;
