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

/** How many sessions there are of that kind, those that were put away among them. */
export const countSessions = (filters: Filters) =>
  queryOptions({
    queryKey: ["sessions", "count", filters],
    queryFn: async ({ signal }) => {
      const count = (is: Pick<Filters, "is">) =>
        unwrap(api.GET("/api/sessions", { params: { query: { ...toQuery(filters), ...is, limit: 1 } }, signal })).then((page) => page.total);
      const [shown, archived] = await Promise.all([count({}), count({ is: "archived" })]);
      return shown + archived;
    },
  });

export const getFacets = () =>
  queryOptions({
    queryKey: ["sessions", "facets"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/facets", { signal })),
  });

/** The folders the sessions come from, for a list that is empty. */
export const getRoots = () =>
  queryOptions({ queryKey: ["ingest"], queryFn: ({ signal }) => unwrap(api.GET("/api/ingest", { signal })) });
