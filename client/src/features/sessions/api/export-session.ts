import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

export type ExportFormat = "html" | "md" | "json";

export interface ExportChoice {
  format: ExportFormat;
  tools: boolean;
  subagents: boolean;
  mask: boolean;
}

/** Where the file is to be had; the browser fetches it itself, however large it is. */
export const exportUrl = (id: string, { format, tools, subagents, mask }: ExportChoice) =>
  `/api/sessions/${encodeURIComponent(id)}/export?${new URLSearchParams({ format, tools: `${tools}`, subagents: `${subagents}`, mask: `${mask}` }).toString()}`;

export const listSecrets = (id: string, { tools, subagents }: Pick<ExportChoice, "tools" | "subagents">) =>
  queryOptions({
    queryKey: ["sessions", id, "secrets", tools, subagents],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/sessions/{id}/export/secrets", { params: { path: { id }, query: { tools, subagents } }, signal })),
    staleTime: 30_000,
  });
