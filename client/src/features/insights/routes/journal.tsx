import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Journal } from "@/api/types";
import { formatDays } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { useNow } from "@/lib/use-now";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getJournal } from "../api/get-journal";
import { JournalBar } from "../components/journal-bar";
import { JournalStory } from "../components/journal-story";
import { JournalTotals } from "../components/journal-totals";
import { isEmpty } from "../model/journal";
import { journalDayOf, placeOfDay, type JournalDay } from "../model/journal-place";
import styles from "./journal.module.css";

const route = getRouteApi("/journal");

/** One day as a story: who worked, what was asked, what came of it, what went wrong. */
export default function JournalRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const at = journalDayOf(place, useNow(60_000));
  const journal = useQuery(getJournal({ day: at.day, zone: at.zone }));
  usePageTitle(`Journal of ${at.day}`);
  return (
    <div className={styles.page}>
      <JournalBar at={at} onChange={(search) => void navigate({ search })} />
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Journal">
        <div className={styles.measure}>
          <h1 className={styles.title}>
            {formatDays(at.day, at.day)} <span className={styles.zone}>{at.zone}</span>
          </h1>
          {journal.isPending ? (
            <Skeleton label="Loading the day" rows={10} />
          ) : journal.isError ? (
            <ErrorFace title="The day could not be loaded" error={journal.error} onRetry={() => void journal.refetch()} />
          ) : isEmpty(journal.data) ? (
            <NothingHappened journal={journal.data} at={at} />
          ) : (
            <>
              <JournalTotals journal={journal.data} />
              <JournalStory journal={journal.data} />
              <p className={styles.zone}>
                <Link className={styles.link} to="/stats" search={{ from: at.day, to: at.day, zone: at.zone }}>The figures of this day</Link> · Times of {at.zone}. Costs are API-equivalent, of this day only; outcome and health are those of the whole session, as they are known now.
                {left(journal.data)}
              </p>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** What the answer has no room for. */
function left({ totals, sessions, asks }: Journal): string {
  const parts = [
    ...(totals.sessions > sessions.length ? [`${sessions.length} of ${totals.sessions} sessions`] : []),
    ...(totals.asks > asks.length ? [`${asks.length} of ${totals.asks} asks`] : []),
  ];
  return parts.length === 0 ? "" : ` Shown are ${parts.join(" and ")}.`;
}

function NothingHappened({ journal, at }: { journal: Journal; at: JournalDay }) {
  const near = [journal.previous, journal.next].filter((day) => day !== null);
  return (
    <Face title="Nothing happened on this day">
      {near.length === 0 ? (
        <p>A day has something to tell once an agent worked on this machine.</p>
      ) : (
        <p>
          The nearest days that have something:{" "}
          {near.map((day, index) => (
            <span key={day}>
              {index > 0 && ", "}
              <Link className={styles.link} to="/journal" search={placeOfDay(day, at)}>{formatDays(day, day)}</Link>
            </span>
          ))}
        </p>
      )}
    </Face>
  );
}
