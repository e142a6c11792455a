import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { LoopFilters } from "../model/loops";

export const getHealth = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "health"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/health", { params: { path: { id } }, signal })),
  });

export const getBrief = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "brief"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/brief", { params: { path: { id } }, signal })),
  });

export const getLineage = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "lineage"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/lineage", { params: { path: { id } }, signal })),
  });

export const listRelated = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "related"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/related", { params: { path: { id } }, signal })),
  });

export const listOpenLoops = (filters: LoopFilters) =>
  queryOptions({
    queryKey: ["open-loops", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/open-loops", { params: { query: { ...filters, limit: 500 } }, signal })),
  });
