import type { Insights } from "@/api/types";
import { formatUsd } from "@/lib/cost";
import { formatCount, formatDays, formatShortDay, plural } from "@/lib/format";
import type { HeatCell, HeatLevel } from "@/ui/heat-grid";
import { addDays } from "./place";

/** Monday is 0. */
export const weekdayOf = (day: string) => (new Date(Date.parse(day)).getUTCDay() + 6) % 7;

export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export type DayCell = HeatCell & { day: string };

/** A column for each week, a row for each weekday; the days without anything, too. */
export function calendarOf(days: Insights["days"], from: string, to: string): { cells: DayCell[]; columns: string[] } {
  const known = new Map(days.map((day) => [day.date, day]));
  const cells: DayCell[] = [];
  const columns: string[] = [];
  const offset = weekdayOf(from);
  for (let day = from, index = 0; day <= to; day = addDays(day, 1), index += 1) {
    const column = Math.floor((index + offset) / 7);
    const found = known.get(day);
    columns[column] ??= "";
    // The first week of a month is named, if the names do not touch.
    if (day.endsWith("-01") || (index === 0 && Number(day.slice(8)) <= 20)) columns[column] = formatShortDay(day, "month").slice(0, 3);
    cells.push({
      key: day,
      day,
      column,
      row: (index + offset) % 7,
      level: found?.level ?? 0,
      words: found === undefined
        ? `${formatDays(day, day)}: nothing`
        : `${formatDays(day, day)}: ${formatUsd(found.costMicroUsd)}, ${plural(found.responses, "response")}, ${plural(found.commits, "commit")}`,
    });
  }
  return { cells, columns };
}

/** What each level means, from nothing to the dearest quarter of the days. Where days cost the same, a level between them does not occur. */
export function levelsOf(steps: readonly number[]): HeatLevel[] {
  const dear = steps.at(-1);
  return [
    { level: 0, words: "nothing" },
    ...steps.map((step, index) => ({ level: index + 1, words: `below ${formatUsd(step)}` })).filter((_, index) => steps[index] !== steps[index - 1]),
    ...(dear === undefined ? [] : [{ level: 4, words: `from ${formatUsd(dear)}` }]),
  ];
}

export const measuresOfWeek = ["responses", "errors", "commits"] as const;
export type WeekMeasure = (typeof measuresOfWeek)[number];

/** A column for each hour, a row for each weekday; levels are quarters of the greatest. */
export function weekOf(hours: Insights["hours"], measure: WeekMeasure): { cells: HeatCell[]; most: number } {
  const known = new Map(hours.map((hour) => [hour.weekday * 24 + hour.at, hour]));
  const most = Math.max(0, ...hours.map((hour) => hour[measure]));
  const cells = weekdays.flatMap((name, row) =>
    Array.from({ length: 24 }, (_, column) => {
      const found = known.get(row * 24 + column);
      const value = found?.[measure] ?? 0;
      return {
        key: `${row} ${column}`,
        column,
        row,
        level: value === 0 ? 0 : Math.ceil((4 * value) / most),
        words: `${name}, ${column}:00 to ${column + 1}:00: ${plural(found?.responses ?? 0, "response")}, ${plural(found?.errors ?? 0, "error")}, ${plural(found?.commits ?? 0, "commit")}`,
      };
    }),
  );
  return { cells, most };
}

/** What each level means. Where there are fewer than four, some levels do not occur. */
export function weekLevelsOf(most: number): HeatLevel[] {
  const ends = [0, 1, 2, 3, 4].map((level) => ({ level, end: Math.floor((level * most) / 4) }));
  return ends
    .filter(({ level, end }) => level === 0 || end > (ends[level - 1]?.end ?? 0))
    .map(({ level, end }) => ({ level, words: level === 0 ? "none" : `up to ${formatCount(end)}` }));
}
