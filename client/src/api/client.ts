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

const asProblem = (error: unknown): Partial<Problem> => (typeof error === "object" && error !== null ? error : {});

export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem("unreachable", 0, "Muse does not answer. Is it running?");
  }
  if (!answer.response.ok || answer.data === undefined) {
    const problem = asProblem(answer.error);
    const status = answer.response.status;
    throw new ApiProblem(problem.code ?? "http", status, problem.detail ?? problem.title ?? `The server answered ${status}.`);
  }
  return answer.data;
}

export const imageUrl = (session: string, item: string, index: number, agent: string | null) =>
  `/api/sessions/${encodeURIComponent(session)}/items/${encodeURIComponent(item)}/images/${index}` +
  (agent === null ? "" : `?agent=${encodeURIComponent(agent)}`);
