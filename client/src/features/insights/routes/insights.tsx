import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Insights } from "@/api/types";
import { plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { useNow } from "@/lib/use-now";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getInsights, insightsFile } from "../api/get-insights";
import { CalendarHeat } from "../components/calendar-heat";
import { RatioTable } from "../components/ratio-table";
import { SessionRanking } from "../components/session-ranking";
import { ShippedTotals } from "../components/shipped-totals";
import { StatsBar } from "../components/stats-bar";
import { TimelineChart } from "../components/timeline-chart";
import { WeekHeat } from "../components/week-heat";
import { YieldTable } from "../components/yield-table";
import { insightsDaysOf, usualRange } from "../model/insights-place";
import { addDays, type Days } from "../model/place";
import styles from "./stats.module.css";

const route = getRouteApi("/insights");
/** A calendar of more days says less. */
const mostCalendarDays = 371;

/** What was shipped and what was burned. */
export default function InsightsRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow(60_000);
  const { from, to, zone } = insightsDaysOf(place, now);
  const days = useMemo(() => ({ from, to, zone }), [from, to, zone]);
  const insights = useQuery(getInsights(days));
  usePageTitle("Insights");
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Insights</h1>
      <StatsBar place={place} days={days} usual={usualRange} fileAt={(format) => insightsFile(days, format)} onChange={(search) => void navigate({ search, replace: true })} />
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Insights" aria-busy={insights.isPlaceholderData}>
        {insights.isPending ? (
          <Skeleton label="Loading the insights" rows={10} />
        ) : insights.isError ? (
          <ErrorFace title="The insights could not be loaded" error={insights.error} onRetry={() => void insights.refetch()} />
        ) : insights.data.days.length === 0 ? (
          <Face title="Nothing happened in these days">
            <p>Insights appear when agents work in repositories of this machine. Choose a longer range, or come back after a session.</p>
          </Face>
        ) : (
          <Shown insights={insights.data} days={days} />
        )}
      </div>
    </div>
  );
}

/** That nothing was wasted is said only where it is known. */
function nothingWasted({ yield: outcomes }: Insights): string {
  const shipped = outcomes.find(({ name }) => name === "shipped")?.sessions ?? 0;
  return shipped > 0
    ? "Every session whose outcome is known shipped something, and none of the others is unwell."
    : "Of no session of these days it is known that its work was undone or given up, and none is unwell.";
}

function Shown({ insights, days }: { insights: Insights; days: Days }) {
  const navigate = useNavigate();
  const first = addDays(days.to, 1 - mostCalendarDays);
  const open = (day: string) => void navigate({ to: "/journal", search: { day, zone: insights.zone } });
  return (
    <>
      <p className={styles.note}><Link className={styles.link} to="/journal" search={{ zone: insights.zone }}>Today&apos;s journal</Link> tells the day as a story; the calendar below opens that of any day.</p>
      <ShippedTotals totals={insights.totals} />
      <YieldTable insights={insights} />
      <RatioTable question="Which model ships?" by="model" ratios={insights.models} />
      <RatioTable question="Which project ships?" by="project" ratios={insights.projects} />
      <SessionRanking question="Which sessions shipped most?" none="No session of these days shipped a commit." sessions={insights.productive} />
      <SessionRanking question="Where did the money go without a commit?" none={nothingWasted(insights)} sessions={insights.wasteful} />
      <CalendarHeat insights={insights} from={days.from > first ? days.from : first} onOpen={open} />
      <WeekHeat insights={insights} />
      <TimelineChart days={days} />
      <p className={styles.note}>
        A commit is shipped if a session&apos;s output shows its hash, or if its files and time match what the session changed; low confidence counts nowhere. It counts for the model that worked last before it.
        {insights.leftOut > 0 && ` ${plural(insights.leftOut, "repository", "repositories")} cannot be read and ${insights.leftOut === 1 ? "is" : "are"} left out: ./muse doctor says why.`}
      </p>
    </>
  );
}
