import { describe, expect, it } from "vitest";
import { fullest, levelOf, lengthOf, linesOf, nameOf, type UsageWindow } from "./limits";

const now = Date.UTC(2026, 6, 1, 12);
const hours = 3_600_000;
const window: UsageWindow = {
  agent: "codex", name: "codex", plan: "pro", windowMinutes: 299, state: "current", usedPercent: 40, saidAtMs: now - 2 * hours, source: "transcript",
  endsAtMs: now + hours, percentPerHour: 10, fullAtMs: null, percentAtEnd: 70,
};

describe("usage windows", () => {
  it("names a window by its length", () => {
    expect([lengthOf(299), lengthOf(300), lengthOf(10_079), lengthOf(10_080), lengthOf(null)]).toEqual(["5 hours", "5 hours", "7 days", "7 days", "window"]);
    expect(nameOf(window)).toBe("Codex, 5 hours");
    expect(nameOf({ ...window, name: "codex_other" })).toBe("Codex, 5 hours (codex_other)");
  });

  it("says where the rate leads and how old the figure is", () => {
    expect(linesOf(window, now).slice(1)).toEqual(["At this rate 70 % are used by then.", "Said 2 h ago in a transcript."]);
    expect(linesOf({ ...window, fullAtMs: now }, now)[1]).toMatch(/^At this rate it is used up at /);
    expect(linesOf({ ...window, percentPerHour: null, percentAtEnd: null, saidAtMs: now }, now).slice(1)).toEqual(["Said just now in a transcript."]);
    expect(linesOf({ ...window, source: "status-line" }, now).at(-1)).toBe("Said 2 h ago by its status line.");
  });

  it("claims nothing of a window that is over", () => {
    const lines = linesOf({ ...window, state: "over", endsAtMs: now - hours }, now);
    expect(lines[0]).toMatch(/^It began anew at .*; nothing was said since\.$/);
    expect(levelOf({ ...window, state: "over", usedPercent: 100 })).toBe("over");
  });

  it("warns before it is full", () =>
    expect([40, 80, 95].map((usedPercent) => levelOf({ ...window, usedPercent }))).toEqual(["free", "near", "full"]));

  it("shows of each length the fullest that is current", () => {
    const week = { ...window, windowMinutes: 10_080, usedPercent: 12 };
    const windows = [week, window, { ...window, agent: "claude-code", windowMinutes: 300, usedPercent: 71 }, { ...window, state: "over" as const, usedPercent: 99 }];

    expect(fullest(windows).map(({ agent, usedPercent }) => [agent, usedPercent])).toEqual([["claude-code", 71], ["codex", 12]]);
    expect(fullest([])).toEqual([]);
  });
});
