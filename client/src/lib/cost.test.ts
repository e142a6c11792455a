import { describe, expect, it } from "vitest";
import { costOf, fillOf, formatUsd } from "./cost";

describe("a cost", () => {
  it("is told in cents, and in dollars where they are many", () =>
    expect([0, 1, 9_999, 10_000, 3_114_999, 3_115_000, 1_234_567_890].map(formatUsd)).toEqual(["$0.00", "<$0.01", "<$0.01", "$0.01", "$3.11", "$3.12", "$1,235"]));
  it("says what it is", () => expect(costOf({ costMicroUsd: 3_110_042, unpricedResponses: 0 })).toEqual({ text: "$3.11", title: expect.stringContaining("$3.110042, API-equivalent") }));
  it("is quiet about nothing", () => expect(costOf({ costMicroUsd: 0, unpricedResponses: 0 })).toBeNull());
  it("says that it is not known", () => expect(costOf({ costMicroUsd: 0, unpricedResponses: 1 })).toEqual({ text: "unpriced", title: "1 response without a known price" }));
  it("says that it is more than is known", () =>
    expect(costOf({ costMicroUsd: 2_000_000, unpricedResponses: 3 })).toEqual({ text: "$2.00+", title: expect.stringMatching(/^at least \$2\.00.*3 responses without a known price$/) }));
});

describe("the fill of a context", () => {
  it("is a part of the window", () => expect(fillOf(124_000, 200_000)).toEqual({ text: "ctx 62 %", title: expect.stringContaining("124,000 of 200,000 tokens") }));
  it("is a count where the window is not known", () => expect(fillOf(12_345, null)?.text).toBe("ctx 12.3K"));
  it("is never none of it", () => expect(fillOf(999, 200_000)?.text).toBe("ctx <1 %"));
  it("is quiet before the first response", () => expect(fillOf(0, 200_000)).toBeNull());
  it("is not hidden when it is over", () => expect(fillOf(210_000, 200_000)?.text).toBe("ctx 105 %"));
});
