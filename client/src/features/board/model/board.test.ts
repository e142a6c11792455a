import { describe, expect, it } from "vitest";
import { aCard } from "@/testing/factories";
import { applyChange, countCalls, type Board } from "./board";

const board: Board = { seq: 1, cards: [aCard("a"), aCard("b")] };
const ids = (changed: Board) => changed.cards.map((card) => card.id).join("");

describe("a board that lives", () => {
  it("takes a new card", () => expect(ids(applyChange(board, { type: "card", data: aCard("c") }))).toBe("abc"));

  it("replaces a card as a whole and leaves the others as they are", () => {
    const changed = applyChange(board, { type: "card", data: aCard("a", { state: "working" }) });
    expect(changed.cards.map((card) => card.state)).toEqual(["working", "idle"]);
    expect(changed.cards[1]).toBe(board.cards[1]);
  });

  it("loses a card that is gone", () => expect(ids(applyChange(board, { type: "gone", data: { id: "a", replacedBy: null } }))).toBe("b"));
  it("is the same when an unknown card is gone", () => expect(applyChange(board, { type: "gone", data: { id: "x", replacedBy: null } })).toBe(board));

  it("counts what calls, not what sleeps or is muted", () => {
    const call = (id: string, marks = {}) => aCard(id, { lane: "needs-you", state: "needs-you", marks });
    expect(countCalls({ seq: 1, cards: [call("a"), call("b", { muted: true }), call("c", { snoozed: true }), aCard("d")] })).toBe(1);
  });
});
