import { ApiProblem } from "./client";
import type { Problem, SearchGroup } from "./types";

export interface ScanProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  hits: number;
}

export type ScanEvent =
  | { type: "hits"; data: SearchGroup }
  | { type: "progress"; data: ScanProgress }
  | { type: "done"; data: { reason: "complete" | "hits" | "time"; progress: ScanProgress } };

/** Looks through the bytes of all transcripts; ends with "done", or when the signal says so. */
export async function* scan(mode: "substring" | "regex", q: string, signal: AbortSignal): AsyncGenerator<ScanEvent> {
  const response = await globalThis.fetch(`/api/search?${new URLSearchParams({ mode, q })}`, { signal });
  if (!response.ok || response.body === null) {
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    throw new ApiProblem(problem.code ?? "http", response.status, problem.detail ?? `The server answered ${response.status}.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held += value;
    const events = held.split("\n\n");
    held = events.pop() ?? "";
    for (const event of events) yield readEvent(event);
  }
}

function readEvent(text: string): ScanEvent {
  const field = (name: string) => text.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  return { type: field("event"), data: JSON.parse(field("data")) } as ScanEvent;
}
