import type {
  AgentRun,
  Drift,
  FindResult,
  IngestFile,
  IngestProgress,
  ItemBody,
  Outline,
  SessionFacets,
  SessionPage,
  TouchedFile,
  Transcript,
  Usage,
} from "./types";

type Get<Result, Query = never, Path = never, Media extends string = "application/json"> = {
  get: {
    parameters: ([Query] extends [never] ? { query?: never } : { query?: Query }) &
      ([Path] extends [never] ? { path?: never } : { path: Path });
    responses: { 200: { content: { [media in Media]: Result } }; default: { content: { "application/problem+json": Problem } } };
  };
};

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
}

export interface ListQuery {
  agent?: string;
  project?: string;
  model?: string;
  branch?: string;
  state?: string;
  from?: number;
  to?: number;
  q?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
}

export interface WindowQuery {
  limit?: number;
  anchor?: "head" | "tail";
  before?: string;
  after?: string;
  around?: string;
  agent?: string;
  kinds?: string;
}

type ForAgent = { agent?: string };
type Id = { id: string };
type ItemPath = { id: string; item: string };

export interface paths {
  "/api/sessions": Get<SessionPage, ListQuery>;
  "/api/sessions/facets": Get<SessionFacets>;
  "/api/sessions/{id}": Get<Transcript, WindowQuery, Id>;
  "/api/sessions/{id}/items/{item}": Get<ItemBody, ForAgent, ItemPath>;
  "/api/sessions/{id}/items/{item}/raw": Get<string, ForAgent & { part?: "call" | "result" }, ItemPath, "text/plain">;
  "/api/sessions/{id}/outline": Get<Outline, ForAgent, Id>;
  "/api/sessions/{id}/agents": Get<AgentRun[], never, Id>;
  "/api/sessions/{id}/files": Get<TouchedFile[], never, Id>;
  "/api/sessions/{id}/find": Get<FindResult, ForAgent & { q: string; limit?: number; before?: string; after?: string }, Id>;
  "/api/sessions/{id}/usage": Get<Usage, never, Id>;
  "/api/ingest": Get<IngestProgress>;
  "/api/ingest/files": Get<IngestFile[], { agent?: string; problem?: boolean }>;
  "/api/drift": Get<Drift>;
}
