import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

export const getIngest = () =>
  queryOptions({ queryKey: ["ingest"], queryFn: ({ signal }) => unwrap(api.GET("/api/ingest", { signal })) });

/** What sums of tokens and costs leave out, of the whole archive. */
export const getUsageAccount = () =>
  queryOptions({
    queryKey: ["stats", "account"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/stats", { params: { query: { from: "1970-01-01", by: "agent" } }, signal })),
  });

export const getProblemFiles = () =>
  queryOptions({
    queryKey: ["ingest", "files", "problem"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/ingest/files", { params: { query: { problem: true } }, signal })),
  });

export const getArchive = () =>
  queryOptions({ queryKey: ["archive"], queryFn: ({ signal }) => unwrap(api.GET("/api/archive", { signal })) });

export const getDrift = () =>
  queryOptions({ queryKey: ["drift"], queryFn: ({ signal }) => unwrap(api.GET("/api/drift", { signal })) });
