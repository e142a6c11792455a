import { describe, expect, it } from "vitest";
import { aSession } from "@/testing/factories";
import { countFilters, matches, readFilters, toQuery } from "./filters";

describe("filters in the address", () => {
  it("reads what it knows and drops the rest", () => {
    const search = { agent: "codex", q: "sweep", from: "2026-03-01", to: "soon", sort: "size", state: "", other: "x" };
    expect(readFilters(search)).toEqual({ agent: "codex", q: "sweep", from: "2026-03-01", sort: "size" });
  });

  it("comes back the same from its own address", () => {
    const filters = readFilters({ project: "/src/a b&c", branch: "feat/ü", to: "2026-03-02" });
    const address = new URLSearchParams(Object.entries(filters));
    expect(readFilters(Object.fromEntries(address))).toEqual(filters);
  });

  it("leaves the usual order out", () => expect(readFilters({ sort: "recent" })).toEqual({}));

  it("asks for whole local days", () => {
    const { from, to } = toQuery({ from: "2026-03-01", to: "2026-03-01" });
    expect(new Date(Number(from)).getHours()).toBe(0);
    expect(new Date(Number(to) + 1).getDate()).toBe(2);
  });

  it("counts what narrows, not the order or the words", () =>
    expect(countFilters({ agent: "codex", sort: "size", q: "x" })).toBe(1));

  it("knows whether a changed row belongs into the list", () => {
    expect(matches(aSession(), { project: "/src/muse", q: "SWEEP" })).toBe(true);
    expect(matches(aSession(), { state: "live" })).toBe(false);
    expect(matches(aSession({ lastAtMs: null }), { from: "2026-01-01" })).toBe(false);
  });
});
