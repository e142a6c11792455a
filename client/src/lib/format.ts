const whole = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

export const formatCount = (value: number) => whole.format(value);
export const formatCompact = (value: number) => compact.format(value);

export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? "B"}`;
}

export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago, in one unit. A clock ahead of ours reads "now", never a negative age. */
export function formatAge(atMs: number | null, nowMs: number): string {
  if (atMs === null) return "–";
  const seconds = Math.max(0, (nowMs - atMs) / 1000);
  if (seconds < 10) return "now";
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 86_400 * 30) return `${Math.floor(seconds / 86_400)} d`;
  return day.format(atMs);
}

const calendarDay = new Intl.DateTimeFormat(undefined, { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
const calendarShort = new Intl.DateTimeFormat(undefined, { timeZone: "UTC", day: "numeric", month: "short" });
const calendarMonth = new Intl.DateTimeFormat(undefined, { timeZone: "UTC", month: "short", year: "numeric" });

/** A day of a calendar, "2026-03-01", or a span of them: the zone they are days of is told beside them. */
export const formatDays = (from: string, to: string) =>
  from === to ? calendarDay.format(Date.parse(from)) : calendarDay.formatRange(Date.parse(from), Date.parse(to));

/** The same under a bar, where there is little room. */
export const formatShortDay = (day: string, unit: "day" | "week" | "month" | "year") =>
  unit === "year" ? day.slice(0, 4) : (unit === "month" ? calendarMonth : calendarShort).format(Date.parse(day));

/** A time by the clocks of a zone, which is told beside it. */
export function formatTimeIn(atMs: number, zone: string): string {
  const style = { dateStyle: "medium", timeStyle: "medium" } as const;
  try {
    return new Intl.DateTimeFormat(undefined, { ...style, timeZone: zone }).format(atMs);
  } catch {
    return full.format(atMs);
  }
}

/** The clock of a zone, "14:05", which is told beside it. */
export function clockOf(zone: string): (atMs: number) => string {
  const style = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
  try {
    const known = new Intl.DateTimeFormat("en-GB", { ...style, timeZone: zone });
    return (atMs) => known.format(atMs);
  } catch {
    return formatClock;
  }
}

/** Neither nothing nor all is said of what is a little more or a little less. */
export function formatPercent(part: number): string {
  if (part > 0 && part < 0.01) return "<1 %";
  return part >= 0.99 && part < 1 ? `${(Math.floor(part * 1000) / 10).toFixed(1)} %` : `${Math.round(part * 100)} %`;
}

export const formatClock = (atMs: number | null) => (atMs === null ? "" : clock.format(atMs));
export const formatDay = (atMs: number) => day.format(atMs);
export const formatFull = (atMs: number | null) => (atMs === null ? "time unknown" : full.format(atMs));

/** "opus-4-1" rather than "claude-opus-4-1-20250805": the maker and the date are in the tooltip. */
export const shortModel = (model: string) => model.replace(/^(claude|models\/)-?/, "").replace(/-20\d{6}$/, "");

export const plural = (count: number, one: string, many = `${one}s`) => `${formatCount(count)} ${count === 1 ? one : many}`;
