import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { toQuery, type Filters } from "../model/filters";

const pageSize = 100;

export const listSessions = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["sessions", "list", filters],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...toQuery(filters), limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return unwrap(api.GET("/api/sessions", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Comparing ten thousand loaded rows with themselves at every page would be felt while scrolling.
    structuralSharing: false,
  });

/** What sessions cost now. */
export const fetchCosts = (ids: readonly string[]) => unwrap(api.GET("/api/sessions/costs", { params: { query: { ids: ids.join(",") } } }));

export const findSessions = (title: string) =>
  queryOptions({
    queryKey: ["sessions", "titles", title],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions", { params: { query: { limit: 12, ...(title === "" ? {} : { q: title }) } }, signal })),
  });

export const getFacets = () =>
  queryOptions({
    queryKey: ["sessions", "facets"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/facets", { signal })),
  });

/** The folders the sessions come from, for a list that is empty. */
export const getRoots = () =>
  queryOptions({ queryKey: ["ingest"], queryFn: ({ signal }) => unwrap(api.GET("/api/ingest", { signal })) });
