import { describe, expect, it } from "vitest";
import { distanceFromEnd, followAfterScroll, keepsBelow } from "./anchor";

const mark = (top: number, height = 1000, viewport = 400) => ({ top, height, viewport });

describe("following the tail", () => {
  it("lets go when the reader scrolls up", () => expect(followAfterScroll(true, mark(600), mark(400), false)).toBe(false));
  it("takes hold at the end", () => expect(followAfterScroll(false, mark(400), mark(590), false)).toBe(true));
  it("holds on when content grows below", () => expect(followAfterScroll(true, mark(600), mark(600, 1400), false)).toBe(true));
  it("holds on when content shrinks", () => expect(followAfterScroll(true, mark(600), mark(400, 900), false)).toBe(true));
  it("holds on when the window is resized", () => expect(followAfterScroll(true, mark(600), mark(400, 1000, 500), false)).toBe(true));
  it("is no tail while more follows", () => expect(followAfterScroll(true, mark(600), mark(600), true)).toBe(false));
  it("knows how far the end is", () => expect(distanceFromEnd(mark(500))).toBe(100));
});

describe("heights that change above", () => {
  const item = { start: 100, end: 300 };
  it("makes up for what is wholly above", () => expect(keepsBelow(item, 300, false)).toBe(true));
  it("makes up for a guess that reaches over the fold", () => expect(keepsBelow(item, 200, true)).toBe(true));
  it("lets a measured item grow at its visible end", () => expect(keepsBelow(item, 200, false)).toBe(false));
  it("leaves alone what is below", () => expect(keepsBelow(item, 50, true)).toBe(false));
});
