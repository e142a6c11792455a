import { describe, expect, it } from "vitest";
import type { Card } from "@/api/types";
import { aCard } from "@/testing/factories";
import { along } from "./flip";
import { readBoardPlace } from "./place";
import { linesOf, stateOf, titleOf, verdictOf } from "./words";

const rollup = (changes: Partial<NonNullable<Card["rollup"]>>): NonNullable<Card["rollup"]> => ({
  lastAsk: null, lastAskAtMs: null, lastAction: null, lastActionKind: null, lastActionAtMs: null, model: null,
  contextTokens: 0, contextWindow: null, inputTokens: 0, outputTokens: 0, costMicroUsd: 0, unpricedResponses: 0, errors: 0, lastError: null, activity: [], ...changes,
});

describe("a card", () => {
  it("says why a person is needed", () =>
    expect(stateOf(aCard("a", { state: "needs-you", reason: "permission" }))).toEqual({ tone: "call", word: "permission" }));
  it("calls only for a person in the colour that calls", () =>
    expect((["working", "background", "done", "idle", "unknown", "ended"] as const).map((state) => stateOf({ state, reason: null }).tone)).not.toContain("call"));
  it("says who says so", () => expect([verdictOf(aCard("a")), verdictOf(aCard("a", { source: null }))]).toEqual(["hook, medium confidence", "nobody says"]));

  it("is called as its session, else by what was asked, else by its folder", () =>
    expect([
      titleOf(aCard("a"), { a: "Fix it" }),
      titleOf(aCard("a", { rollup: rollup({ lastAsk: "Please fix" }) }), {}),
      titleOf(aCard("a", { sessionId: null }), { a: "Fix it" }),
    ]).toEqual(["Fix it", "Please fix", "muse"]));

  it("says first what is asked, and what it was told last", () => {
    const card = aCard("a", { state: "needs-you", detail: "Bash: make", rollup: rollup({ lastAsk: "Fix it", lastAction: "I look.", lastActionKind: "reply" }) });
    expect(linesOf(card, "The lamp")).toEqual([
      { part: "asked", text: "Bash: make" },
      { part: "word", text: "“I look.”" },
      { part: "ask", text: "Fix it" },
    ]);
  });

  it("says nothing twice", () => {
    const card = aCard("a", { state: "working", detail: "Bash", rollup: rollup({ lastAsk: "Fix it", lastAction: "Bash", lastActionKind: "tool" }) });
    expect(linesOf(card, "Fix it")).toEqual([{ part: "now", text: "Bash" }]);
    expect(linesOf({ ...card, state: "idle", detail: "Bash" }, "Fix it")).toEqual([{ part: "word", text: "“Bash”" }]);
    expect(linesOf({ ...card, state: "done", detail: "Done." }, "Fix it")).toEqual([{ part: "word", text: "“Done.”" }]);
  });
});

it("goes on from where an interrupted move was", () => expect(along({ from: { x: 0, y: 100 }, to: { x: 40, y: 0 } }, 0.5)).toEqual({ x: 20, y: 50 }));

it("reads the address", () => expect([readBoardPlace({ done: "open", explain: "a" }), readBoardPlace({ done: "x", explain: 1 })]).toEqual([{ done: "open", explain: "a" }, {}]));
