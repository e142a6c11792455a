import { describe, expect, it } from "vitest";
import { aSession } from "@/testing/factories";
import { applyCosts, applySession, costsOf, flatten, type Pages } from "./live-list";

const row = (id: string, lastAtMs: number) => aSession({ id, lastAtMs });
const pages = (nextCursor: string | null = null): Pages => ({
  pages: [
    { items: [row("a", 50), row("b", 40)], nextCursor: "2", total: 4, costs: {} },
    { items: [row("c", 30), row("d", 20)], nextCursor, total: 4, costs: {} },
  ],
  pageParams: [null, "2"],
});
const order = (result: { pages: Pages }) => flatten(result.pages).map((session) => session.id).join("");

describe("a list that lives", () => {
  it("moves a changed row to its place", () => expect(order(applySession(pages(), row("c", 60), {}, true))).toBe("cabd"));

  it("inserts a new row and counts it", () => {
    const result = applySession(pages(), row("e", 35), {}, true);
    expect(order(result)).toBe("abecd");
    expect(result.pages.pages[0]?.total).toBe(5);
  });

  it("does not put a row at the end of what is loaded when more follows", () =>
    expect(order(applySession(pages("4"), row("e", 1), {}, true))).toBe("abcd"));

  it("keeps rows where they are while the reader is further down", () => {
    const result = applySession(pages(), row("c", 60), {}, false);
    expect(order(result)).toBe("abcd");
    expect(result.waiting).toBe(true);
    expect(flatten(result.pages)[2]?.lastAtMs).toBe(60);
  });

  it("keeps rows where they are in the order of what they cost, which comes later", () => {
    const result = applySession(pages(), row("c", 60), { sort: "cost" }, true);
    expect(order(result)).toBe("abcd");
    expect(result.waiting).toBe(false);
    expect(applySession(pages(), row("e", 60), { sort: "cost" }, true).waiting).toBe(true);
  });

  it("shows the last cost that is known of a row", () => {
    const cost = (costMicroUsd: number) => ({ a: { costMicroUsd, unpricedResponses: 0 } });
    const [first, second] = pages().pages;
    const known: Pages = { pages: first && second ? [{ ...first, costs: cost(1) }, second] : [], pageParams: [] };
    expect(costsOf(applyCosts(known, cost(2)))).toEqual(cost(2));
  });

  it("leaves out a new row that does not match", () =>
    expect(applySession(pages(), row("e", 60), { agent: "codex" }, true)).toMatchObject({ waiting: false }));
});
