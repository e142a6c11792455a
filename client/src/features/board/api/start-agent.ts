import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { StartBody } from "@/api/types";

export const startAgent = (body: StartBody) => unwrap(api.POST("/api/board/agents", { body }));

/** Folders in which agents worked before. */
export const getProjects = () =>
  queryOptions({
    queryKey: ["board", "projects"],
    queryFn: async ({ signal }) => (await unwrap(api.GET("/api/sessions/facets", { signal }))).projects,
  });
