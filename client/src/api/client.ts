import createClient from "openapi-fetch";
import type { paths } from "./schema";
import type { Problem } from "./types";

export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "" : window.location.origin,
  // Looked up per call, so that a test can replace it.
  fetch: (request) => globalThis.fetch(request),
});

/** An answer that is no success, with the server's code ("unreachable" when there was no answer). */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    /** What is there instead of what was expected, where the server told. */
    readonly present: unknown = undefined,
    /** What is wrong with each field, where the server told. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const asProblem = (error: unknown): Partial<Problem> & { present?: unknown } => (typeof error === "object" && error !== null ? error : {});

function problemOf({ error, response }: Answer<unknown>): ApiProblem {
  const problem = asProblem(error);
  return new ApiProblem(problem.code ?? "http", response.status, problem.detail ?? problem.title ?? `The server answered ${response.status}.`, problem.present, problem.errors);
}

async function reach<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem("unreachable", 0, "Muse does not answer. Is it running?");
  }
}

export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await reach(call);
  if (!answer.response.ok || answer.data === undefined) throw problemOf(answer);
  return answer.data;
}

/** For a command, whose success has no body. */
export async function complete(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await reach(call);
  if (!answer.response.ok) throw problemOf(answer);
}

export const imageUrl = (session: string, item: string, index: number, agent: string | null) =>
  `/api/sessions/${encodeURIComponent(session)}/items/${encodeURIComponent(item)}/images/${index}` +
  (agent === null ? "" : `?agent=${encodeURIComponent(agent)}`);
