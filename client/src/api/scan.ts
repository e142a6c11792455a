import { ApiProblem } from "./client";
import type { Problem, SearchGroup } from "./types";

export interface ScanProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  hits: number;
}

/** How a look ended. */
export interface ScanEnd {
  /** "hits": as many as are sent; "limit": as many sessions as were asked for; "time": as long as is looked. */
  reason: "complete" | "hits" | "limit" | "time";
  progress: ScanProgress;
  /** From where it can go on; null if everything was looked at. */
  nextCursor: string | null;
  /** Transcripts that are gone: only previews were looked at. */
  missing: number;
  unread: number;
  /** Items of which could not be told in time. */
  tooLong: number;
}

export type ScanEvent =
  | { type: "hits"; data: SearchGroup }
  | { type: "progress"; data: ScanProgress }
  | { type: "done"; data: ScanEnd };

/**
 * Looks through the bytes of all transcripts; ends with "done", or when the signal says so.
 * @param cursor where the look before ended
 */
export async function* scan(mode: "substring" | "regex", q: string, cursor: string | null, signal: AbortSignal): AsyncGenerator<ScanEvent> {
  const response = await globalThis.fetch(`/api/search?${new URLSearchParams({ mode, q, ...(cursor === null ? {} : { cursor }) })}`, { signal });
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
