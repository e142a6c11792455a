/** Which days are looked at; `days` of a custom range stand in `from` and `to`. */
export const ranges = ["7d", "30d", "90d", "year", "all"] as const;
export type Range = (typeof ranges)[number];

export const splits = ["model", "project", "agent"] as const;
export type Split = (typeof splits)[number];

export const measures = ["cost", "tokens"] as const;
export type Measure = (typeof measures)[number];

/** What the page of figures shows, as it stands in the address. Days are those of the zone, "2026-03-01". */
export interface StatsPlace {
  range?: Range;
  from?: string;
  to?: string;
  zone?: string;
  split?: Split;
  measure?: Measure;
}

const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);
const oneOf = <Word extends string>(words: readonly Word[], usual: Word, value: unknown) => words.find((word) => word === value && word !== usual);

/** Reads an address; what it does not know, and what is usual, is left out. */
export function readStatsPlace(search: Record<string, unknown>): StatsPlace {
  const { from, to, zone } = search;
  const days = isDay(from) && isDay(to) && from <= to;
  const range = days ? undefined : oneOf(ranges, "30d", search["range"]);
  const split = oneOf(splits, "model", search["split"]);
  const measure = oneOf(measures, "cost", search["measure"]);
  return {
    ...(days ? { from, to } : {}),
    ...(range === undefined ? {} : { range }),
    ...(typeof zone === "string" && zone !== "" ? { zone } : {}),
    ...(split === undefined ? {} : { split }),
    ...(measure === undefined ? {} : { measure }),
  };
}

/** The zone whose calendar this browser shows. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface Days {
  from: string;
  to: string;
  zone: string;
}

const firstYear = "1970-01-01";
const back: Record<"7d" | "30d" | "90d", number> = { "7d": 6, "30d": 29, "90d": 89 };

/** The day that calendars of a zone show at a time. */
export const dayOf = (atMs: number, zone: string): string => {
  try {
    return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(atMs);
  } catch {
    // The server says what is wrong with a zone that nobody knows.
    return new Date(atMs).toISOString().slice(0, 10);
  }
};

export const addDays = (day: string, count: number): string => new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

/** The first and the last day that a place means, now. */
export function daysOf(place: StatsPlace, nowMs: number): Days {
  const zone = place.zone ?? ownZone();
  if (place.from !== undefined && place.to !== undefined) return { from: place.from, to: place.to, zone };
  const to = dayOf(nowMs, zone);
  const range = place.range ?? "30d";
  if (range === "all") return { from: firstYear, to, zone };
  return { from: range === "year" ? `${to.slice(0, 4)}-01-01` : addDays(to, -back[range]), to, zone };
}
