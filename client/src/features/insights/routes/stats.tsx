import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Stats } from "@/api/types";
import { plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { useNow } from "@/lib/use-now";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getStats, statsFile } from "../api/get-stats";
import { Breakdown } from "../components/breakdown";
import { CacheChart } from "../components/cache-chart";
import { Concurrency } from "../components/concurrency";
import { LeftOut } from "../components/left-out";
import { Limits } from "../components/limits";
import { SpendChart } from "../components/spend-chart";
import { StatsBar } from "../components/stats-bar";
import { Totals } from "../components/totals";
import { Unpriced } from "../components/unpriced";
import { binsOf } from "../model/bins";
import { daysOf, splits, type Days, type StatsPlace } from "../model/place";
import { asFilter, type RowsPlace } from "../model/rows-place";
import styles from "./stats.module.css";

const route = getRouteApi("/stats");

/** What was used and spent, by day, model, project and agent. */
export default function StatsRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow(60_000);
  const { from, to, zone } = daysOf(place, now);
  const days = useMemo(() => ({ from, to, zone }), [from, to, zone]);
  const stats = useQuery(getStats({ ...days, by: "day", split: place.split ?? "model" }));
  usePageTitle("Stats");
  const change = (search: StatsPlace) => void navigate({ search, replace: true });
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Stats</h1>
      <StatsBar
        place={place}
        days={days}
        usual="30d"
        fileAt={(format) => statsFile({ ...days, by: "day", split: place.split ?? "model" }, format)}
        onChange={change}
      />
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Figures" aria-busy={stats.isPlaceholderData}>
        {stats.isPending ? (
          <Skeleton label="Loading the figures" rows={10} />
        ) : stats.isError ? (
          <ErrorFace title="The figures could not be loaded" error={stats.error} onRetry={() => void stats.refetch()} />
        ) : stats.data.totals.responses === 0 ? (
          <NoFigures stats={stats.data} onAll={() => change({ ...(place.zone === undefined ? {} : { zone: place.zone }), range: "all" })} />
        ) : (
          <Figures stats={stats.data} days={days} place={place} onChange={change} />
        )}
      </div>
    </div>
  );
}

interface FiguresProps {
  stats: Stats;
  days: Days;
  place: StatsPlace;
  onChange: (place: StatsPlace) => void;
}

function Figures({ stats, days, place, onChange }: FiguresProps) {
  const navigate = useNavigate();
  // All time begins with the first response, not with the calendar.
  const from = stats.firstDay !== null && stats.firstDay > days.from ? stats.firstDay : days.from;
  const { bins, unit } = useMemo(() => binsOf(stats.groups, from, days.to), [stats.groups, from, days.to]);
  const untimed = stats.totals.responses - bins.reduce((sum, bin) => sum + bin.usage.responses, 0);
  const open = (narrowed: RowsPlace) => void navigate({ to: "/stats/responses", search: { ...days, ...narrowed } });
  return (
    <>
      <Totals usage={stats.totals} />
      <Limits />
      <SpendChart
        bins={bins}
        unit={unit}
        zone={stats.zone}
        measure={place.measure ?? "cost"}
        split={place.split ?? "model"}
        onChange={(measure, split) => onChange({ ...place, measure, split })}
        onOpen={(span) => open({ from: span.from, to: span.to })}
      />
      <CacheChart bins={bins} unit={unit} zone={stats.zone} totals={stats.totals} onOpen={(span) => open({ from: span.from, to: span.to })} />
      {splits.map((by) => (
        <Breakdown key={by} days={days} by={by} onOpen={(key) => open({ [by]: asFilter(key) })} />
      ))}
      <Concurrency days={days} />
      <LeftOut excluded={stats.excluded} />
      <Unpriced stats={stats} onOpen={(model) => open({ model: asFilter(model), priced: "no" })} />
      <p className={styles.note}>
        API-equivalent: what the tokens cost at the list prices of {stats.prices.date}. Who pays by subscription does not pay this. Each response is counted once, on the day it began in {stats.zone}.
        {untimed > 0 && ` ${plural(untimed, "response")} of unknown time stand in no bar.`}
      </p>
    </>
  );
}

const NoFigures = ({ stats, onAll }: { stats: Stats; onAll: () => void }) =>
  stats.firstDay === null ? (
    <Face title="No response is recorded yet">
      <p>Figures appear by themselves as soon as Claude Code, Codex or Gemini answer once on this machine.</p>
    </Face>
  ) : (
    <Face title="Nothing was used in these days" action={<Button look="main" onClick={onAll}>Show all time</Button>}>
      <p>The first response is of {stats.firstDay}, {stats.zone}.</p>
    </Face>
  );
