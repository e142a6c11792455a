import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

const lookEveryMs = 2000;

/** Looked at again while somebody looks: a hidden tab asks nothing. */
export const getScreen = (id: string) =>
  queryOptions({
    queryKey: ["board", "screen", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/board/cards/{id}/screen", { params: { path: { id } }, signal })),
    refetchInterval: lookEveryMs,
    gcTime: 0,
    retry: false,
  });
