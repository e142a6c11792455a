import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { usePageTitle } from "@/lib/page-title";
import { listSessions } from "../api/list-sessions";
import { FilterBar } from "../components/filter-bar";
import { SessionList } from "../components/session-list";
import { useLiveCuration } from "../hooks/use-live-curation";
import type { Filters } from "../model/filters";
import styles from "./sessions.module.css";

const route = getRouteApi("/sessions");

export default function SessionsRoute() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const [selecting, setSelecting] = useState(false);
  const change = useCallback((next: Filters) => void navigate({ search: next, replace: true }), [navigate]);
  const list = useInfiniteQuery({ ...listSessions(filters), notifyOnChangeProps: ["data"] });
  useLiveCuration();
  usePageTitle("Sessions");
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Sessions</h1>
      <FilterBar filters={filters} total={list.data?.pages[0]?.total} onChange={change} selecting={selecting} onSelecting={setSelecting} />
      <SessionList key={JSON.stringify(filters)} filters={filters} selecting={selecting} onSelecting={setSelecting} />
    </div>
  );
}
