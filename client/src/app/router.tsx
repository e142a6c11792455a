import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readBoardPlace } from "@/features/board/model/place";
import { readInsightsPlace } from "@/features/insights/model/insights-place";
import { readJournalPlace } from "@/features/insights/model/journal-place";
import { readStatsPlace } from "@/features/insights/model/place";
import { readRowsPlace } from "@/features/insights/model/rows-place";
import { readSearchPlace } from "@/features/search/model/place";
import { readFilters } from "@/features/sessions/model/filters";
import { readLoopFilters } from "@/features/sessions/model/loops";
import { readPlace } from "@/features/sessions/model/place";
import { NotFound } from "./shell/not-found";
import { Shell } from "./shell/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

// The sessions, which are always there; a board has something to show only while agents run.
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/sessions", search: {} });
  },
});

const board = createRoute({
  getParentRoute: () => root,
  path: "/board",
  validateSearch: readBoardPlace,
  component: lazyRouteComponent(() => import("@/features/board/routes/board")),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/sessions",
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import("@/features/sessions/routes/sessions")),
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$sessionId",
  validateSearch: readPlace,
  component: lazyRouteComponent(() => import("@/features/sessions/routes/session")),
});

const openLoops = createRoute({
  getParentRoute: () => root,
  path: "/open-loops",
  validateSearch: readLoopFilters,
  component: lazyRouteComponent(() => import("@/features/sessions/routes/open-loops")),
});

const tags = createRoute({
  getParentRoute: () => root,
  path: "/tags",
  component: lazyRouteComponent(() => import("@/features/sessions/routes/tags")),
});

const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: readSearchPlace,
  component: lazyRouteComponent(() => import("@/features/search/routes/search")),
});

const stats = createRoute({
  getParentRoute: () => root,
  path: "/stats",
  validateSearch: readStatsPlace,
  component: lazyRouteComponent(() => import("@/features/insights/routes/stats")),
});

const responses = createRoute({
  getParentRoute: () => root,
  path: "/stats/responses",
  validateSearch: readRowsPlace,
  component: lazyRouteComponent(() => import("@/features/insights/routes/responses")),
});

const insights = createRoute({
  getParentRoute: () => root,
  path: "/insights",
  validateSearch: readInsightsPlace,
  component: lazyRouteComponent(() => import("@/features/insights/routes/insights")),
});

const journal = createRoute({
  getParentRoute: () => root,
  path: "/journal",
  validateSearch: readJournalPlace,
  component: lazyRouteComponent(() => import("@/features/insights/routes/journal")),
});

const formats = createRoute({
  getParentRoute: () => root,
  path: "/formats",
  component: lazyRouteComponent(() => import("@/features/ingest/routes/formats")),
});

const status = createRoute({
  getParentRoute: () => root,
  path: "/status",
  component: lazyRouteComponent(() => import("@/features/ingest/routes/status")),
});

// Plain strings in the address: the default writes numbers and quotes as JSON, which nobody can type.
const parseSearch = (search: string): Record<string, unknown> => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>) => {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return query === "" ? "" : `?${query}`;
};

export const router = createRouter({
  routeTree: root.addChildren([home, board, sessions, session, openLoops, tags, search, stats, responses, insights, journal, formats, status]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
