import { infiniteQueryOptions, queryOptions, skipToken } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { WindowQuery } from "@/api/types";
import { anchorKey, type Anchor } from "../model/anchor";
import { kindsOf } from "../model/detail";
import type { Detail } from "../model/place";

const windowSize = 200;

export interface WindowOf {
  sessionId: string;
  agentId: string | null;
  detail: Detail;
}

export const forAgent = (agentId: string | null) => (agentId === null ? {} : { agent: agentId });

export type Slice = Anchor | { at: "before" | "after"; item: string };

function sliceQuery(slice: Slice): WindowQuery {
  switch (slice.at) {
    case "head":
    case "tail":
      return { anchor: slice.at };
    case "around":
      return { around: slice.item };
    case "before":
      return { before: slice.item };
    case "after":
      return { after: slice.item };
  }
}

export function fetchWindow({ sessionId, agentId, detail }: WindowOf, slice: Slice, signal?: AbortSignal) {
  const kinds = kindsOf(detail);
  const query = {
    limit: windowSize,
    ...sliceQuery(slice),
    ...forAgent(agentId),
    ...(kinds === undefined ? {} : { kinds: kinds.join(",") }),
  };
  return unwrap(api.GET("/api/sessions/{id}", { params: { path: { id: sessionId }, query }, ...(signal && { signal }) }));
}

/** The summary alone; the window's own arrives with it. */
export const getSummary = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "summary"],
    queryFn: async ({ signal }) => {
      const query = { limit: 1, anchor: "head" as const };
      return (await unwrap(api.GET("/api/sessions/{id}", { params: { path: { id: sessionId }, query }, signal }))).session;
    },
  });

export const windowKey = (of: WindowOf, anchor: Anchor) =>
  ["sessions", of.sessionId, "window", of.agentId, of.detail, anchorKey(anchor)] as const;

export const getItem = (sessionId: string, agentId: string | null, item: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "item", agentId, item],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/sessions/{id}/items/{item}", {
          params: { path: { id: sessionId, item }, query: forAgent(agentId) },
          signal,
        }),
      ),
  });

/** Where the transcript stood at a time. */
export const getItemAt = (sessionId: string, agentId: string | null, ms: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "at", agentId, ms],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/{id}/at", { params: { path: { id: sessionId }, query: { ms, ...forAgent(agentId) } }, signal })),
  });

export const getRaw = (sessionId: string, agentId: string | null, item: string | null, part: "call" | "result") =>
  queryOptions({
    queryKey: ["sessions", sessionId, "raw", agentId, item, part],
    queryFn:
      item === null
        ? skipToken
        : ({ signal }) =>
            unwrap(
              api.GET("/api/sessions/{id}/items/{item}/raw", {
                params: { path: { id: sessionId, item }, query: { part, ...forAgent(agentId) } },
                parseAs: "text",
                signal,
              }),
            ),
  });

export const getOutline = (sessionId: string, agentId: string | null) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "outline", agentId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/{id}/outline", { params: { path: { id: sessionId }, query: forAgent(agentId) }, signal })),
  });

export const getAgents = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "agents"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/agents", { params: { path: { id: sessionId } }, signal })),
  });

export const getFiles = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "files"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/files", { params: { path: { id: sessionId } }, signal })),
  });

/** Commits appear while repositories are read, a minute after they were made at most. */
const commitsEveryMs = 30_000;

export const getCommits = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "commits"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/commits", { params: { path: { id: sessionId } }, signal })),
    refetchInterval: commitsEveryMs,
  });

export const getUsage = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "usage"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/usage", { params: { path: { id: sessionId } }, signal })),
  });

export const findInSession = (sessionId: string, agentId: string | null, text: string) =>
  infiniteQueryOptions({
    queryKey: ["sessions", sessionId, "find", agentId, text],
    queryFn:
      text === ""
        ? skipToken
        : ({ pageParam, signal }) => {
            const query = { q: text, limit: 500, ...forAgent(agentId), ...(pageParam === null ? {} : { after: pageParam }) };
            return unwrap(api.GET("/api/sessions/{id}/find", { params: { path: { id: sessionId }, query }, signal }));
          },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.truncated ? (page.matches.at(-1)?.id ?? null) : null),
  });
