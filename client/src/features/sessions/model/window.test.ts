import { describe, expect, it } from "vitest";
import { anEvent, anItem, aWindow } from "@/testing/factories";
import { append, applyItems, prepend } from "./window";

const ids = (window: { items: { id: string }[] }) => window.items.map((item) => item.id).join(" ");
const any = () => true;

describe("windows", () => {
  it("prepends without doubling, and keeps the window's own version of an item", () => {
    const window = aWindow([3, 4], { hasBefore: true });
    const live = { ...window, items: [anItem(3, { preview: "renewed" }), anItem(4)] };
    const merged = prepend(live, aWindow([1, 2, 3], { hasBefore: true }));
    expect(ids(merged)).toBe("1 2 3 4");
    expect(merged.items[2]?.preview).toBe("renewed");
    expect(merged.hasBefore).toBe(true);
  });

  it("appends without doubling and takes the end over", () => {
    const merged = append(aWindow([1, 2], { hasAfter: true }), aWindow([2, 3], { hasBefore: true, total: 3 }));
    expect(ids(merged)).toBe("1 2 3");
    expect(merged).toMatchObject({ hasAfter: false, hasBefore: false, total: 3 });
  });
});

describe("live items", () => {
  it("replaces by id and appends what is new", () => {
    const patched = applyItems(aWindow([1, 2]), anEvent([anItem(2, { preview: "done" }), anItem(3)]), any);
    expect(patched).toMatchObject({ verdict: "patched", added: 1 });
    if (patched.verdict !== "patched") return;
    expect(ids(patched.window)).toBe("1 2 3");
    expect(patched.window.items[1]?.preview).toBe("done");
    expect(patched.window).toMatchObject({ revision: 6, total: 101 });
  });

  it("only counts new items while the end is out of the window", () => {
    const patched = applyItems(aWindow([1, 2], { hasAfter: true }), anEvent([anItem(9)]), any);
    expect(patched.verdict === "patched" && [ids(patched.window), patched.added]).toEqual(["1 2", 1]);
  });

  it("puts a late item into its place, and items without an ordinal last", () => {
    const patched = applyItems(aWindow([1, 3]), anEvent([anItem(null), anItem(2)]), any);
    expect(patched.verdict === "patched" && ids(patched.window)).toBe("1 2 3 t0.0");
  });

  it("leaves out what is before the window or not shown", () => {
    const before = applyItems(aWindow([5], { hasBefore: true }), anEvent([anItem(2)]), any);
    expect(before.verdict === "patched" && [ids(before.window), before.added]).toEqual(["5", 0]);
    const hidden = applyItems(aWindow([5]), anEvent([anItem(6)]), () => false);
    expect(hidden.verdict === "patched" && [ids(hidden.window), hidden.added]).toEqual(["5", 0]);
  });

  it("ignores what is older than the window and says when it is of another generation", () => {
    expect(applyItems(aWindow([1]), anEvent([anItem(1)], { revision: 4 }), any).verdict).toBe("ignored");
    expect(applyItems(aWindow([1]), anEvent([anItem(1)], { generation: 2 }), any).verdict).toBe("stale");
  });

  it("changes nothing when the same event comes twice", () => {
    const event = anEvent([anItem(2)]);
    const once = applyItems(aWindow([1]), event, any);
    if (once.verdict !== "patched") throw new Error(once.verdict);
    const twice = applyItems(once.window, event, any);
    expect(twice.verdict === "patched" && [ids(twice.window), twice.added]).toEqual(["1 2", 0]);
  });
});
