import { describe, expect, it } from "vitest";
import type { StatsGroup, StatsPart } from "@/api/types";
import { binsOf, cachedPart } from "./bins";

const aPart = (key: string | null, costMicroUsd: number): StatsPart => ({ key, responses: 1, tokens: 10, costMicroUsd, unpricedResponses: 0 });
const aDay = (key: string, costMicroUsd: number, parts: StatsPart[] = []): StatsGroup => ({
  key,
  usage: { responses: 1, inputTokens: 1, cacheWrite5mTokens: 2, cacheWrite1hTokens: 3, cacheReadTokens: 4, outputTokens: 5, reasoningTokens: 0, webSearches: 0, costMicroUsd, unpricedResponses: 0 },
  parts,
});

describe("the bars", () => {
  it("are days while they can be told apart, those without use too", () => {
    const { unit, bins } = binsOf([aDay("2026-02-28", 5)], "2026-02-27", "2026-03-01");

    expect(unit).toBe("day");
    expect(bins.map((bin) => [bin.from, bin.to, bin.usage.costMicroUsd])).toEqual([
      ["2026-02-27", "2026-02-27", 0],
      ["2026-02-28", "2026-02-28", 5],
      ["2026-03-01", "2026-03-01", 0],
    ]);
  });

  it("are weeks from Monday on of half a year, cut at the ends of the range", () => {
    const { unit, bins } = binsOf([aDay("2026-01-01", 1), aDay("2026-01-04", 2), aDay("2026-01-05", 4)], "2026-01-01", "2026-06-30");

    expect(unit).toBe("week");
    expect(bins[0]).toMatchObject({ from: "2026-01-01", to: "2026-01-04", usage: { costMicroUsd: 3 } });
    expect(bins[1]).toMatchObject({ from: "2026-01-05", to: "2026-01-11", usage: { costMicroUsd: 4 } });
    expect(bins.at(-1)).toMatchObject({ from: "2026-06-29", to: "2026-06-30" });
  });

  it("are months of some years and years of more", () => {
    expect(binsOf([], "2024-02-10", "2026-02-10").bins.map((bin) => bin.from).slice(0, 3)).toEqual(["2024-02-10", "2024-03-01", "2024-04-01"]);
    expect(binsOf([], "1970-01-01", "2026-02-10").bins).toHaveLength(57);
  });

  it("leave nothing out and add up the parts by their names", () => {
    const days = [aDay("2026-01-05", 3, [aPart("a", 1), aPart(null, 2)]), aDay("2026-01-06", 4, [aPart("a", 4)])];
    const { bins } = binsOf(days, "2026-01-01", "2026-06-30");

    expect(bins.reduce((sum, bin) => sum + bin.usage.costMicroUsd, 0)).toBe(7);
    expect(bins[1]?.parts.map((part) => [part.key, part.costMicroUsd, part.responses])).toEqual([["a", 5, 2], [null, 2, 1]]);
  });
});

it("tells which part of the input came from the cache", () => {
  expect(cachedPart(aDay("2026-01-01", 0).usage)).toBe(0.4);
  expect(cachedPart({ ...aDay("2026-01-01", 0).usage, inputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0, cacheReadTokens: 0 })).toBeNull();
});
