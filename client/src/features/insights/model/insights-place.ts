import { daysOf, readStatsPlace, type Days, type StatsPlace } from "./place";

/** Which days are looked at; what is usual here is not what is usual of the figures. */
export type InsightsPlace = Pick<StatsPlace, "range" | "from" | "to" | "zone">;

export const usualRange = "90d";

export function readInsightsPlace(search: Record<string, unknown>): InsightsPlace {
  const { from, to, zone, range } = readStatsPlace(search);
  // The other page leaves out its usual days; here they have to be named.
  const named = search["range"] === "30d" ? "30d" : range;
  return {
    ...(from === undefined || to === undefined ? {} : { from, to }),
    ...(from !== undefined || named === undefined || named === usualRange ? {} : { range: named }),
    ...(zone === undefined ? {} : { zone }),
  };
}

export const insightsDaysOf = (place: InsightsPlace, nowMs: number): Days => daysOf({ range: usualRange, ...place }, nowMs);
