import { describe, expect, it } from "vitest";
import { calendarOf, levelsOf, weekdayOf, weekLevelsOf, weekOf } from "./calendar";

describe("the calendar", () => {
  const days = [{ date: "2026-06-03", costMicroUsd: 2_000_000, responses: 3, commits: 1, level: 4 }];

  it("begins its weeks on Monday", () => {
    expect(weekdayOf("2026-06-01")).toBe(0);
    expect(weekdayOf("2026-06-07")).toBe(6);
  });

  it("has a cell for every day, those without anything, too", () => {
    const { cells, columns } = calendarOf(days, "2026-06-03", "2026-06-09");

    expect(cells.map((cell) => [cell.column, cell.row])).toEqual([[0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [1, 0], [1, 1]]);
    expect(columns).toHaveLength(2);
    expect(cells[0]?.words).toContain("$2.00, 3 responses, 1 commit");
    expect(cells[1]).toMatchObject({ level: 0 });
  });

  it("says what its levels mean", () => {
    expect(levelsOf([])).toEqual([{ level: 0, words: "nothing" }]);
    expect(levelsOf([1_000_000, 2_000_000, 3_000_000]).map((level) => level.words)).toEqual(["nothing", "below $1.00", "below $2.00", "below $3.00", "from $3.00"]);
    expect(levelsOf([300_000, 300_000, 300_000]).map((level) => level.level)).toEqual([0, 1, 4]);
  });
});

describe("the week", () => {
  const hours = [{ weekday: 6, at: 23, responses: 8, errors: 1, commits: 0 }, { weekday: 0, at: 0, responses: 2, errors: 0, commits: 2 }];

  it("has a cell for every hour, coloured by what is asked for", () => {
    const { cells, most } = weekOf(hours, "responses");

    expect(cells).toHaveLength(168);
    expect(most).toBe(8);
    expect([cells[0]?.level, cells[167]?.level]).toEqual([1, 4]);
    expect(weekOf(hours, "commits").cells[167]?.level).toBe(0);
  });

  it("says what its levels mean", () => {
    expect(weekLevelsOf(0)).toEqual([{ level: 0, words: "none" }]);
    expect(weekLevelsOf(8).map((level) => level.words)).toEqual(["none", "up to 2", "up to 4", "up to 6", "up to 8"]);
    expect(weekLevelsOf(1)).toEqual([{ level: 0, words: "none" }, { level: 4, words: "up to 1" }]);
  });
});
