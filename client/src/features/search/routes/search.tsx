import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { ApiProblem } from "@/api/client";
import { useKeys } from "@/lib/keyboard";
import { usePageTitle } from "@/lib/page-title";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getSearchStatus, searchItems } from "../api/search";
import { Results } from "../components/results";
import { SearchBar } from "../components/search-bar";
import { HowToSearch, IndexLine, NothingFound, ScanLine } from "../components/search-faces";
import { useScan } from "../hooks/use-scan";
import { merge } from "../model/groups";
import type { SearchMode } from "../model/place";
import { textOf } from "../model/typed";
import styles from "./search.module.css";

const route = getRouteApi("/search");

export default function SearchRoute() {
  const { q = "", mode = "words" } = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const change = useCallback(
    (text: string, how: SearchMode) =>
      void navigate({ search: { ...(text === "" ? {} : { q: text }), ...(how === "words" ? {} : { mode: how }) }, replace: true }),
    [navigate],
  );
  const move = (step: number) => {
    const hits = [...(scroller.current?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
    const at = hits.findIndex((hit) => hit === document.activeElement);
    hits[Math.max(0, Math.min(hits.length - 1, at + step))]?.focus();
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  usePageTitle(q === "" ? "Search" : `${q} · Search`);
  const { data: progress } = useQuery(getSearchStatus());
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Search</h1>
      <SearchBar q={q} mode={mode} onChange={change} onDown={() => move(1)} />
      <div ref={scroller} className={styles.scroller} tabIndex={-1}>
        {mode === "words" && <IndexLine progress={progress} />}
        {q === "" ? <HowToSearch /> : mode === "words" ? <Words q={q} /> : <Bytes q={q} mode={mode} />}
      </div>
    </div>
  );
}

function Words({ q }: { q: string }) {
  const found = useInfiniteQuery({ ...searchItems(q), placeholderData: (previous) => previous });
  const groups = useMemo(() => merge(found.data?.pages.flatMap((page) => page.groups) ?? []), [found.data]);
  if (found.isError) return <Refused error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton label="Searching" rows={10} />;
  if (groups.length === 0 && !found.hasNextPage) return found.isPlaceholderData ? <Skeleton label="Searching" rows={10} /> : <NothingFound progress={found.data.pages[0]?.progress} />;
  return (
    <>
      <Results groups={groups} stale={found.isPlaceholderData} />
      {found.hasNextPage && (
        <p className={styles.next}>
          <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {found.isFetchingNextPage ? "Searching on…" : "Older hits"}
          </Button>
        </p>
      )}
    </>
  );
}

function Bytes({ q, mode }: { q: string; mode: "substring" | "regex" }) {
  const scan = useScan(mode, q);
  const groups = useMemo(() => merge(scan.groups), [scan.groups]);
  const hits = groups.reduce((sum, group) => sum + group.hits.length + group.more, 0);
  if (scan.error !== null) return <Refused error={scan.error} onRetry={() => location.reload()} />;
  return (
    <>
      <ScanLine progress={scan.progress} end={scan.end} hits={hits} atLeast={groups.some((group) => group.atLeast)} />
      {groups.length > 0 && <Results groups={groups} stale={false} find={mode === "substring" ? textOf(q) : undefined} />}
      {groups.length === 0 && scan.end !== null && scan.end.nextCursor === null && (
        <Face title="It stands nowhere">Nothing that can be opened in any session holds it.</Face>
      )}
      {scan.end !== null && scan.end.nextCursor !== null && (
        <p className={styles.next}>
          <Button onClick={scan.further}>Look further</Button>
        </p>
      )}
    </>
  );
}

/** What is wrong with the words is said as help; what is wrong with the server as a failure. */
const Refused = ({ error, onRetry }: { error: unknown; onRetry: () => void }) =>
  error instanceof ApiProblem && error.status === 400 ? (
    <div role="alert">
      <Face title="This cannot be searched for">{error.message.replace(/^q: /, "")}</Face>
    </div>
  ) : (
    <ErrorFace title="The search failed" error={error} onRetry={onRetry} />
  );
