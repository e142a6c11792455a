import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { costOf } from "@/lib/cost";
import { formatCount, plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { listResponses, responsesFile } from "../api/list-responses";
import { ResponseTable } from "../components/response-table";
import { RowFilters } from "../components/row-filters";
import { ownZone } from "../model/place";
import styles from "./responses.module.css";

const route = getRouteApi("/stats/responses");

/** The rows behind a figure. */
export default function ResponsesRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle("Responses");
  const zone = place.zone ?? ownZone();
  const asked = { ...place, zone };
  const list = useInfiniteQuery(listResponses(asked));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const totals = list.data?.pages[0]?.totals;
  const cost = totals === undefined ? null : costOf(totals);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Link className={styles.back} to="/stats" search={place.from !== undefined && place.to !== undefined ? { from: place.from, to: place.to, ...(place.zone === undefined ? {} : { zone: place.zone }) } : {}}>
          ← Stats
        </Link>
        <h1 className={styles.title}>
          {totals === undefined ? "Responses" : plural(totals.responses, "response")}
          {cost !== null && <span title={cost.title}> · {cost.text}</span>}
        </h1>
        {totals !== undefined && (
          <span className={styles.soft}>
            {formatCount(totals.inputTokens)} tokens in, {formatCount(totals.outputTokens)} out
          </span>
        )}
        <span className={styles.files}>
          <a href={responsesFile(asked, "csv")} download="muse-responses.csv">CSV</a>
          <a href={responsesFile(asked, "json")} download="muse-responses.json">JSON</a>
        </span>
      </div>
      <RowFilters place={place} zone={zone} title={rows[0]?.title ?? null} onChange={(search) => void navigate({ search })} />
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Responses" aria-busy={list.isPlaceholderData}>
        {list.isPending ? (
          <Skeleton label="Loading the responses" rows={12} />
        ) : list.isError && rows.length === 0 ? (
          <ErrorFace title="The responses could not be loaded" error={list.error} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <Face title="No response is like this">Take a filter away to see more.</Face>
        ) : (
          <>
            <ResponseTable rows={rows} zone={zone} />
            {list.hasNextPage && (
              <p className={styles.next}>
                <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  {list.isFetchingNextPage ? "Loading more…" : `Show more of ${formatCount(totals?.responses ?? 0)}`}
                </Button>
              </p>
            )}
          </>
        )}
      </div>
    </div>
  );
}
