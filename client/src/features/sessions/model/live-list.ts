import type { SessionPage, SessionSort, SessionSummary } from "@/api/types";
import { isHidden, matches, type Filters } from "./filters";

export interface Pages {
  pages: SessionPage[];
  pageParams: unknown[];
}

/** What a row costs comes after the row itself: in that order a changed row keeps its place. */
const compare: Record<Exclude<SessionSort, "cost">, (a: SessionSummary, b: SessionSummary) => number> = {
  recent: (a, b) => Number(b.marks.pinned) - Number(a.marks.pinned) || (b.lastAtMs ?? 0) - (a.lastAtMs ?? 0),
  started: (a, b) => (b.startedAtMs ?? 0) - (a.startedAtMs ?? 0),
  size: (a, b) => b.sizeBytes - a.sizeBytes,
  prompts: (a, b) => b.prompts - a.prompts,
  title: (a, b) => a.title.localeCompare(b.title),
};

export const firstPage = <Param>({ pages, pageParams }: { pages: SessionPage[]; pageParams: Param[] }) => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});

export const flatten = (pages: Pages | undefined): SessionSummary[] => pages?.pages.flatMap((page) => page.items) ?? [];

/** By session. A changed row comes without its cost, which is asked for by itself: the last that is known counts. */
export const costsOf = (pages: Pages | undefined): SessionPage["costs"] => Object.assign({}, ...(pages?.pages.map((page) => page.costs) ?? []));

/** Puts what sessions cost now beside the loaded rows. */
export const applyCosts = (pages: Pages, costs: SessionPage["costs"]): Pages => ({
  ...pages,
  pages: pages.pages.map((page, index) => (index === pages.pages.length - 1 ? { ...page, costs: { ...page.costs, ...costs } } : page)),
});

/**
 * Puts a changed row into the loaded pages. With `move` it also takes its place in the order; without (the reader has
 * scrolled down), rows keep their places and the caller is told that something waits.
 */
export function applySession(
  pages: Pages,
  session: SessionSummary,
  filters: Filters,
  move: boolean,
): { pages: Pages; waiting: boolean } {
  const sort = filters.sort ?? "recent";
  const at = pages.pages.findIndex((page) => page.items.some((row) => row.id === session.id));
  if (at === -1 && !matches(session, filters)) return { pages, waiting: false };
  if (at !== -1 && isHidden(session, filters)) return { pages: remove(pages, session), waiting: false };
  if (!move || sort === "cost") return { pages: at === -1 ? pages : replace(pages, session), waiting: at === -1 || sort === "recent" };
  const order = compare[sort];

  const without = pages.pages.map((page) => ({ ...page, items: page.items.filter((row) => row.id !== session.id) }));
  const total = (page: SessionPage) => page.total + (at === -1 ? 1 : 0);
  let placed = false;
  const placing = without.map((page, index) => {
    const isLast = index === without.length - 1;
    const before = page.items.findIndex((row) => order(session, row) <= 0);
    if (placed || (before === -1 && !(isLast && page.nextCursor === null))) return { ...page, total: total(page) };
    placed = true;
    const items = [...page.items];
    items.splice(before === -1 ? items.length : before, 0, session);
    return { ...page, items, total: total(page) };
  });
  return { pages: { ...pages, pages: placing }, waiting: false };
}

const replace = (pages: Pages, session: SessionSummary): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === session.id ? session : row)) })),
});

const remove = (pages: Pages, session: SessionSummary): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, total: page.total - 1, items: page.items.filter((row) => row.id !== session.id) })),
});
