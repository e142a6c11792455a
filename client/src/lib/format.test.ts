import { describe, expect, it } from "vitest";
import { formatAge, formatBytes, formatDays, formatDuration, formatPercent, formatShortDay, formatTimeIn, plural, shortModel } from "./format";
import { safeLink, visibleText } from "./sanitize";

describe("words for numbers", () => {
  it("writes sizes with three digits", () =>
    expect([0, 999, 1500, 1_170_000_000].map(formatBytes)).toEqual(["0 B", "999 B", "1.5 KB", "1.2 GB"]));
  it("never writes a negative age", () => expect(formatAge(2000, 1000)).toBe("now"));
  it("writes ages in one unit", () => expect([formatAge(0, 59_000), formatAge(0, 7_200_000), formatAge(null, 0)]).toEqual(["59 s", "2 h", "–"]));
  it("writes durations", () => expect([12, 1234, 61_000].map(formatDuration)).toEqual(["12 ms", "1.2 s", "1 min 1 s"]));
  it("counts", () => expect([plural(1, "item"), plural(1200, "item")]).toEqual(["1 item", "1,200 items"]));
  it("shortens models", () => expect(shortModel("claude-opus-4-1-20250805")).toBe("opus-4-1"));
});

describe("text from strangers", () => {
  it("loses its controls", () => expect(visibleText("a\u0000\u001b[b\r\nc\td")).toBe("a[b\nc\td"));
  it("shows direction marks", () => expect(visibleText("\u202egnp.exe\u2066")).toBe("\ufffdgnp.exe\ufffd"));
  it("links only where a browser may go", () =>
    expect([safeLink("https://a.b/"), safeLink("mailto:a@b.c"), safeLink("javascript:x"), safeLink("x")]).toEqual(["https://a.b/", "mailto:a@b.c", null, null]));
});

describe("days of a named zone", () => {
  it("are those of the calendar, wherever the browser is", () => {
    expect(formatDays("2026-03-01", "2026-03-01")).toContain("2026");
    expect(formatDays("2026-03-01", "2026-03-01")).toMatch(/\b1\b/);
    expect(formatDays("2026-03-01", "2026-03-08")).toMatch(/\b8\b/);
    expect(formatShortDay("2026-03-01", "year")).toBe("2026");
    expect(formatShortDay("2026-03-01", "month")).toContain("2026");
  });

  it("show a time by the clocks of that zone", () => {
    const at = Date.UTC(2026, 2, 1, 18, 20);
    expect(formatTimeIn(at, "Asia/Kathmandu")).toContain("05");
    expect(formatTimeIn(at, "Middle/Earth")).toContain("2026");
  });
});

it("rounds neither a little to nothing nor almost all to all", () =>
  expect([0, 0.004, 0.5, 0.985, 0.9961, 0.99999, 1].map(formatPercent)).toEqual(["0 %", "<1 %", "50 %", "99 %", "99.6 %", "99.9 %", "100 %"]));
