import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { toRowsQuery, type RowsPlace } from "../model/rows-place";

const pageSize = 100;
/** As many as one table holds. */
const most = 10_000;

export const listResponses = (place: RowsPlace) =>
  infiniteQueryOptions({
    queryKey: ["stats", "responses", place],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...toRowsQuery(place), limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return unwrap(api.GET("/api/stats/responses", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** Where the same rows are to be had as a file. */
export const responsesFile = (place: RowsPlace, format: "csv" | "json") =>
  `/api/stats/responses?${new URLSearchParams({ ...toRowsQuery(place), limit: String(most), format }).toString()}`;
