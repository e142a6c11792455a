import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

/** They are said with each response of an agent, and age meanwhile. */
const everyMs = 60_000;

export const getLimits = () =>
  queryOptions({
    queryKey: ["insights", "limits"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/limits", { signal })),
    refetchInterval: everyMs,
  });
