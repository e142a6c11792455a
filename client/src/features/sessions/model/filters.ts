import { agentNames } from "@/api/agent-names";
import type { Agent, ListQuery, SessionSort, SessionSummary } from "@/api/types";

/** What narrows the list, as it stands in the address. Dates are local days, "2026-03-01". */
export interface Filters {
  agent?: Agent;
  project?: string;
  model?: string;
  branch?: string;
  state?: SessionSummary["state"];
  from?: string;
  to?: string;
  q?: string;
  tag?: string;
  /** Marks that must all hold. Archived sessions are hidden unless they are asked for. */
  is?: MarkFilter;
  sort?: SessionSort;
}

export const markFilters = ["unread", "starred", "pinned", "archived"] as const;
export type MarkFilter = (typeof markFilters)[number];

const names = ["project", "model", "branch", "q", "tag"] as const;
const agents = Object.keys(agentNames) as Agent[];
const states: readonly SessionSummary["state"][] = ["live", "quiet", "kept", "missing"];
export const sorts: readonly SessionSort[] = ["recent", "started", "size", "prompts", "cost", "title"];
const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Reads an address; what it does not know or cannot read is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
  }
  const agent = agents.find((candidate) => candidate === search["agent"]);
  if (agent !== undefined) filters.agent = agent;
  const state = states.find((candidate) => candidate === search["state"]);
  if (state !== undefined) filters.state = state;
  const is = markFilters.find((candidate) => candidate === search["is"]);
  if (is !== undefined) filters.is = is;
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
    ...(from === undefined ? {} : { from: String(dayStart(from)) }),
    ...(to === undefined ? {} : { to: String(dayEnd(to)) }),
  };
}

/** The address that these filters stand in, to be kept as a view: without the question mark. */
export const toAddress = (filters: Filters) => new URLSearchParams({ ...filters }).toString();

export const countFilters = ({ sort: _sort, q: _q, ...narrowing }: Filters) => Object.keys(narrowing).length;

/** A row that a person put away, or took back out, leaves the list that shows the others. */
export const isHidden = (session: SessionSummary, filters: Filters) => session.marks.archived !== (filters.is === "archived");

/** Whether a row that has just changed belongs into a list narrowed like this. */
export function matches(session: SessionSummary, filters: Filters): boolean {
  const at = session.lastAtMs ?? 0;
  return (
    !isHidden(session, filters) &&
    (filters.tag === undefined || session.marks.tags.includes(filters.tag)) &&
    (filters.is === undefined || session.marks[filters.is]) &&
    (filters.agent === undefined || session.agent === filters.agent) &&
    (filters.project === undefined || (session.projectPath ?? session.project) === filters.project) &&
    (filters.model === undefined || session.model === filters.model) &&
    (filters.branch === undefined || session.branch === filters.branch) &&
    (filters.state === undefined || session.state === filters.state) &&
    (filters.from === undefined || at >= dayStart(filters.from)) &&
    (filters.to === undefined || at <= dayEnd(filters.to)) &&
    (filters.q === undefined || session.title.toLowerCase().includes(filters.q.toLowerCase()))
  );
}
