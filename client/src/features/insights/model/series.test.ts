import { describe, expect, it } from "vitest";
import { binsOf } from "./bins";
import { folderOf, nameOf, scaleEnd, seriesOf, valueIn } from "./series";

const part = (key: string | null, costMicroUsd: number) => ({ key, responses: 1, tokens: 1000 - costMicroUsd, costMicroUsd, unpricedResponses: 0 });
const usage = { responses: 1, inputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0, cacheReadTokens: 0, outputTokens: 0, reasoningTokens: 0, webSearches: 0, costMicroUsd: 0, unpricedResponses: 0 };
const binsWith = (...parts: ReturnType<typeof part>[]) => binsOf([{ key: "2026-01-01", usage, parts }], "2026-01-01", "2026-01-02").bins;

describe("what a bar is stacked of", () => {
  it("is in the order of what was spent, or of the tokens", () => {
    const bins = binsWith(part("a", 1), part("b", 3), part(null, 2));

    expect(seriesOf(bins, "model", "cost").map((series) => series.label)).toEqual(["b", "No model named", "a"]);
    expect(seriesOf(bins, "model", "tokens").map((series) => series.keys[0])).toEqual(["a", null, "b"]);
  });

  it("is one for all that have no colour of their own", () => {
    const parts = Array.from({ length: 9 }, (_, index) => part(`m${index}`, 100 - index));
    const series = seriesOf(binsWith(...parts), "model", "cost");
    const rest = series.at(-1);

    expect(series).toHaveLength(7);
    expect(rest).toMatchObject({ label: "3 others", colour: 6, keys: ["m6", "m7", "m8"] });
    expect(rest && valueIn(rest, parts, "cost")).toBe(94 + 93 + 92);
  });

  it("leaves out what has no price", () => expect(seriesOf(binsWith(part("free", 0), part("a", 1)), "model", "cost")).toHaveLength(1));
});

it("shows names as they may be shown", () => {
  expect(nameOf("agent", "codex")).toBe("Codex");
  expect(nameOf("model", "a\u202eb")).toBe("a\ufffdb");
  expect([folderOf("/home/ann/shop/"), folderOf("D:\\shop")]).toEqual(["shop", "shop"]);
});

it("ends a scale at a round number", () => {
  expect([0, 1, 1.2, 2.2, 3, 70, 1_200_000].map(scaleEnd)).toEqual([1, 1, 1.2, 2.4, 3, 80, 1_200_000]);
});
