import { describe, expect, it } from "vitest";
import type { Card } from "@/api/types";
import { aCard } from "@/testing/factories";
import { holdCard, inOrder, toLanes, type Lane } from "./lanes";

const calls = (id: string, sinceMs = 1000, marks: Partial<Card["marks"]> = {}) => aCard(id, { lane: "needs-you", state: "needs-you", reason: "permission", sinceMs, marks });
const works = (id: string, changes = {}) => aCard(id, { lane: "working", state: "working", ...changes });
const order = (lanes: readonly Lane[]) => lanes.map((lane) => "_".repeat(lane.kept) + lane.cards.map((card) => card.id).join("")).join("|");
const shown = (...cards: Card[]) => order(toLanes(cards, 0));

describe("lanes", () => {
  it("come in order of urgency", () =>
    expect(shown(aCard("e", { lane: "ended", state: "ended" }), aCard("i"), works("w"), calls("n"))).toBe("n|w|i|e"));

  it("let wait nobody longer than who waits longest", () => expect(shown(calls("a", 9), calls("b", 3), calls("c", 6))).toBe("bca|||"));

  it("put the latest first where nobody waits", () => expect(shown(works("a", { sinceMs: 1 }), works("b", { sinceMs: 2 }))).toBe("|ba||"));

  it("put pinned cards first and muted ones last", () =>
    expect(shown(calls("a", 1, { muted: true }), calls("b", 2), calls("c", 3, { pinned: true }))).toBe("cba|||"));

  it("put news before idle and the unknown last", () =>
    expect(shown(aCard("u", { state: "unknown", sinceMs: 9 }), aCard("i", { sinceMs: 8 }), aCard("d", { state: "done", sinceMs: 1 }))).toBe("||diu|"));

  it("put what goes on in the background after what works", () => expect(shown(works("b", { state: "background", sinceMs: 9 }), works("w"))).toBe("|wb||"));

  it("put snoozed cards out of sight", () => {
    const lane = toLanes([calls("a", 1, { snoozed: true }), calls("b")], 0)[0];
    expect([lane?.cards.map((card) => card.id), lane?.snoozed.map((card) => card.id)]).toEqual([["b"], ["a"]]);
  });

  it("show of what ended only this day's", () =>
    expect(order(toLanes([aCard("old", { lane: "ended", sinceMs: 9 }), aCard("new", { lane: "ended", sinceMs: 10 })], 10))).toBe("|||new"));
});

describe("a held card", () => {
  const before = toLanes([calls("a", 1), calls("b", 2), calls("c", 3)], 0);
  const held = (...cards: Card[]) => order(holdCard(before, toLanes(cards, 0), "b"));

  it("stays in its lane when its state changes", () => expect(held(calls("a", 1), works("b"), calls("c", 3))).toBe("abc|||"));
  it("says what is new", () => expect(inOrder(holdCard(before, toLanes([works("b")], 0), "b"))[0]?.state).toBe("working"));
  it("is not pushed down by one that comes before it", () => expect(held(calls("z", 0), calls("a", 1), calls("b", 2))).toBe("zba|||"));
  it("does not move up when those above it leave", () => expect(held(works("a"), calls("b", 2))).toBe("_b|a||"));

  it("stays where it is through a second change, too", () => {
    const once = holdCard(before, toLanes([calls("b", 2)], 0), "b");
    expect(order(once)).toBe("_b|||");
    expect(order(holdCard(once, toLanes([calls("b", 2), calls("d", 4)], 0), "b"))).toBe("db|||");
  });

  it("stays in sight when it is snoozed", () => expect(held(calls("a", 1), calls("b", 2, { snoozed: true }))).toBe("ab|||"));
  it("goes when it is no more", () => expect(held(calls("a", 1))).toBe("a|||"));
  it("goes where it belongs when it is left", () =>
    expect(order(holdCard(before, toLanes([calls("a", 1), works("b")], 0), null))).toBe("a|b||"));
});
