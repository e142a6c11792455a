import { describe, expect, it } from "vitest";
import { anItem } from "@/testing/factories";
import { indexNear, nearest, settle } from "./landing";

describe("the nearest way into view", () => {
  const span = { start: 100, end: 300, size: 200 };
  it("is none for what is in view", () => expect(nearest(span, 50, 400)).toBeNull());
  it("puts what is above to the start", () => expect(nearest(span, 150, 400)).toBe("start"));
  it("puts what is below to the end", () => expect(nearest(span, 0, 250)).toBe("end"));
});

describe("where an item lands", () => {
  it("is where it was asked to", () => expect(settle("center", 200, 400)).toBe("center"));
  it("is its beginning when it is taller than the view", () => expect(settle("end", 500, 400)).toBe("start"));
});

describe("an item's place", () => {
  const items = [anItem(3), anItem(7), anItem(null, { id: "t90.0" })];
  it("is its own", () => expect(indexNear(items, "7")).toBe(1));
  it("is that of what follows when it is left out", () => expect(indexNear(items, "4")).toBe(1));
  it("is none when nothing follows", () => expect(indexNear(items, "8")).toBe(-1));
  it("is found by a temporary id", () => expect(indexNear(items, "t90.0")).toBe(2));
  it("is none for an unknown temporary id", () => expect(indexNear(items, "t1.0")).toBe(-1));
});
