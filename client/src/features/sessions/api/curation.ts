import { queryOptions } from "@tanstack/react-query";
import { api, complete, unwrap } from "@/api/client";
import type { TagColor, TagRule } from "@/api/types";

export type Mark = "pin" | "star" | "archive" | "read";

export function setMark(id: string, mark: Mark, on: boolean) {
  const params = { path: { id, mark } };
  return complete(on ? api.PUT("/api/sessions/{id}/{mark}", { params }) : api.DELETE("/api/sessions/{id}/{mark}", { params }));
}

/** One mark or one tag, put on or taken off. */
export type Bulk = ({ mark: Mark } | { tag: string }) & { on: boolean };

export const markSessions = (ids: readonly string[], bulk: Bulk) =>
  unwrap(
    api.POST("/api/sessions/marks", {
      body: { ids: [...ids], mark: "mark" in bulk ? bulk.mark : null, tag: "tag" in bulk ? bulk.tag : null, on: bulk.on },
    }),
  );

export const rename = (id: string, title: string) =>
  complete(api.PUT("/api/sessions/{id}/title", { params: { path: { id } }, body: { title } }));

export function setTag(id: string, tag: string, on: boolean) {
  const params = { path: { id, tag } };
  return complete(on ? api.PUT("/api/sessions/{id}/tags/{tag}", { params }) : api.DELETE("/api/sessions/{id}/tags/{tag}", { params }));
}

export const listTags = () =>
  queryOptions({ queryKey: ["tags"], queryFn: ({ signal }) => unwrap(api.GET("/api/tags", { signal })), staleTime: 60_000 });

export const saveTag = (tag: string, body: { name: string; color: TagColor; rule: TagRule | null }) =>
  complete(api.PUT("/api/tags/{tag}", { params: { path: { tag } }, body }));

export const dropTag = (tag: string) => complete(api.DELETE("/api/tags/{tag}", { params: { path: { tag } } }));

export const listViews = () => queryOptions({ queryKey: ["views"], queryFn: ({ signal }) => unwrap(api.GET("/api/views", { signal })) });

export const saveView = (name: string, filter: string) => complete(api.PUT("/api/views/{name}", { params: { path: { name } }, body: { filter } }));

export const dropView = (name: string) => complete(api.DELETE("/api/views/{name}", { params: { path: { name } } }));

export const listNotes = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id, "notes"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/sessions/{id}/notes", { params: { path: { id } }, signal })),
  });

export const addNote = (id: string, text: string, item: string | null, agent: string | null) =>
  unwrap(api.POST("/api/sessions/{id}/notes", { params: { path: { id } }, body: { text, item, agent: item === null ? null : agent } }));

export const editNote = (id: string, note: string, text: string) =>
  complete(api.PUT("/api/sessions/{id}/notes/{note}", { params: { path: { id, note } }, body: { text } }));

export const dropNote = (id: string, note: string) =>
  complete(api.DELETE("/api/sessions/{id}/notes/{note}", { params: { path: { id, note } } }));
