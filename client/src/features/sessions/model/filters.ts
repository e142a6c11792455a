import type { ListQuery } from "@/api/paths";
import type { SessionSort, SessionSummary } from "@/api/types";

/** What narrows the list, as it stands in the address. Dates are local days, "2026-03-01". */
export interface Filters {
  agent?: string;
  project?: string;
  model?: string;
  branch?: string;
  state?: string;
  from?: string;
  to?: string;
  q?: string;
  sort?: SessionSort;
}

const names = ["agent", "project", "model", "branch", "state", "q"] as const;
export const sorts: readonly SessionSort[] = ["recent", "started", "size", "prompts", "title"];
const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Reads an address; what it does not know or cannot read is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
  }
  if (isDay(search["from"])) filters.from = search["from"];
  if (isDay(search["to"])) filters.to = search["to"];
  const sort = sorts.find((candidate) => candidate === search["sort"]);
  if (sort !== undefined && sort !== "recent") filters.sort = sort;
  return filters;
}

const dayStart = (day: string) => new Date(`${day}T00:00:00`).getTime();
// Adding a day to the calendar and not 24 hours: a day may have 23 or 25.
const dayEnd = (day: string) => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date.getTime() - 1;
};

export function toQuery({ from, to, ...rest }: Filters): ListQuery {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: dayStart(from) }),
    ...(to === undefined ? {} : { to: dayEnd(to) }),
  };
}

export const countFilters = ({ sort: _sort, q: _q, ...narrowing }: Filters) => Object.keys(narrowing).length;

/** Whether a row that has just changed belongs into a list narrowed like this. */
export function matches(session: SessionSummary, filters: Filters): boolean {
  const { from, to } = toQuery(filters);
  const at = session.lastAtMs ?? 0;
  return (
    (filters.agent === undefined || session.agent === filters.agent) &&
    (filters.project === undefined || (session.projectPath ?? session.project) === filters.project) &&
    (filters.model === undefined || session.model === filters.model) &&
    (filters.branch === undefined || session.branch === filters.branch) &&
    (filters.state === undefined || session.state === filters.state) &&
    (from === undefined || at >= from) &&
    (to === undefined || at <= to) &&
    (filters.q === undefined || session.title.toLowerCase().includes(filters.q.toLowerCase()))
  );
}
