import type { StatsGroup, StatsPart } from "@/api/types";
import { addDays } from "./place";

export type Unit = "day" | "week" | "month" | "year";

/** A bar of a chart: one day, or several where there are too many to tell apart. */
export interface Bin {
  from: string;
  to: string;
  usage: StatsGroup["usage"];
  parts: readonly StatsPart[];
}

/** As many bars as a phone can still show apart. */
const most = 93;
const noUsage: StatsGroup["usage"] = {
  responses: 0,
  inputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  webSearches: 0,
  costMicroUsd: 0,
  unpricedResponses: 0,
};

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

function unitOf(days: number): Unit {
  if (days <= most) return "day";
  if (days <= most * 7) return "week";
  return days <= most * 30 ? "month" : "year";
}

/** The first day of the week (Monday), month or year of a day. */
function startOf(day: string, unit: Unit): string {
  switch (unit) {
    case "day":
      return day;
    case "week":
      return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "year":
      return `${day.slice(0, 4)}-01-01`;
  }
}

function next(start: string, unit: Unit): string {
  if (unit === "day" || unit === "week") return addDays(start, unit === "day" ? 1 : 7);
  // Far enough to be in the next month or year, wherever this one ends.
  return startOf(addDays(start, unit === "month" ? 31 : 366), unit);
}

export const addUsage = (a: StatsGroup["usage"], b: StatsGroup["usage"]): StatsGroup["usage"] => {
  const sum = { ...a };
  for (const name of Object.keys(noUsage) as (keyof typeof noUsage)[]) sum[name] += b[name];
  return sum;
};

function addParts(known: readonly StatsPart[], more: readonly StatsPart[]): StatsPart[] {
  const byKey = new Map(known.map((part) => [part.key, part]));
  for (const part of more) {
    const { responses = 0, tokens = 0, costMicroUsd = 0, unpricedResponses = 0 } = byKey.get(part.key) ?? {};
    byKey.set(part.key, {
      key: part.key,
      responses: responses + part.responses,
      tokens: tokens + part.tokens,
      costMicroUsd: costMicroUsd + part.costMicroUsd,
      unpricedResponses: unpricedResponses + part.unpricedResponses,
    });
  }
  return [...byKey.values()];
}

/** Every day of a range, also those without use, in as many bars as can be told apart. */
export function binsOf(days: readonly StatsGroup[], from: string, to: string): { unit: Unit; bins: Bin[] } {
  const unit = unitOf(daysBetween(from, to));
  const bins = new Map<string, Bin>();
  for (let start = startOf(from, unit); start <= to; start = next(start, unit)) {
    const last = addDays(next(start, unit), -1);
    // What is cut off at the ends of the range is no whole week or month.
    bins.set(start, { from: start < from ? from : start, to: last > to ? to : last, usage: noUsage, parts: [] });
  }
  for (const { key, usage, parts } of days) {
    const start = key === null ? "" : startOf(key, unit);
    const bin = bins.get(start);
    if (bin !== undefined) bins.set(start, { ...bin, usage: addUsage(bin.usage, usage), parts: addParts(bin.parts, parts) });
  }
  return { unit, bins: [...bins.values()] };
}

/** A part of the input that the cache did not have to be paid in full for: 0 to 1; null without any input. */
export function cachedPart(usage: StatsGroup["usage"]): number | null {
  const input = usage.inputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens + usage.cacheReadTokens;
  return input === 0 ? null : usage.cacheReadTokens / input;
}

export const inputOf = (usage: StatsGroup["usage"]) =>
  usage.inputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens + usage.cacheReadTokens;
