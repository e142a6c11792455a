import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ApiProblem, unwrap } from "@/api/client";
import { asTyped } from "../model/typed";

const isRefused = (error: Error) => error instanceof ApiProblem && error.status === 400;

/** A request whose words changed is given up: the query's signal aborts it. */
export const searchItems = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["search", "items", q],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET("/api/search", { params: { query: { q: asTyped(q), ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: q !== "",
    // Hits appear as the index grows.
    refetchInterval: ({ state }) => {
      const how = state.data?.pages[0]?.progress.state;
      return how === "waiting" || how === "indexing" ? 1000 : false;
    },
    // A query that is refused is refused again.
    retry: (failures, error) => !isRefused(error) && failures < 2,
  });

/** The best few hits, for a box that shows other things, too. */
export const peekSearch = (q: string) =>
  queryOptions({
    queryKey: ["search", "peek", q],
    queryFn: ({ signal }) => unwrap(api.GET("/api/search", { params: { query: { q: asTyped(q), limit: 5 } }, signal })),
    enabled: q.length > 1,
    retry: false,
  });

export const getSearchStatus = () =>
  queryOptions({
    queryKey: ["search", "status"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/search/status", { signal })),
    refetchInterval: ({ state }) => (state.data?.state === "idle" ? 30_000 : 1000),
  });
