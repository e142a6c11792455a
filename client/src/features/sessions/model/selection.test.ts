import { expect, it } from "vitest";
import { extend, keep, nothing, toggle } from "./selection";

const rows = ["a", "b", "c", "d"].map((id) => ({ id }));

it("picks and drops one", () => {
  const picked = toggle(nothing, "b");
  expect([...picked.ids]).toEqual(["b"]);
  expect(toggle(picked, "b").ids.size).toBe(0);
});

it("picks a range in both directions", () => {
  expect([...extend(toggle(nothing, "b"), rows, "d").ids]).toEqual(["b", "c", "d"]);
  expect([...extend(toggle(nothing, "c"), rows, "a").ids].toSorted()).toEqual(["a", "b", "c"]);
});

it("begins with one where no range has begun", () => expect([...extend(nothing, rows, "c").ids]).toEqual(["c"]));

it("lets go of rows that are gone", () => {
  const picked = extend(toggle(nothing, "a"), rows, "c");
  expect([...keep(picked, rows.slice(1)).ids]).toEqual(["b", "c"]);
  expect(keep(picked, rows)).toBe(picked);
});
