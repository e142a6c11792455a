import { describe, expect, it } from "vitest";
import type { Journal } from "@/api/types";
import { eventsOf, figuresOf, isEmpty } from "./journal";

const none = { sessions: 0, asks: 0, responses: 0, costMicroUsd: 0, unpricedResponses: 0, commits: 0, lowCommits: 0, notes: 0, apiErrors: 0, toolErrors: 0 };

const aJournal = (changes: Partial<Journal> = {}): Journal => ({
  zone: "UTC", day: "2026-03-10", fromMs: 0, toMs: 86_400_000, previous: null, next: null, totals: none, dayBefore: none, sessions: [], asks: [], commits: [], notes: [], errors: [], ...changes,
});

const session: Journal["sessions"][number] = {
  id: "s1", title: "Widen", agent: "codex", projectPath: null, fromMs: 500, toMs: 900, beganBefore: false, wentOn: false, responses: 1, costMicroUsd: 1, unpricedResponses: 0, asks: 1,
  commits: 0, outcome: "unknown", health: "ok", healthWhy: null,
};

describe("the story of a day", () => {
  it("is told in the order in which it happened, a session before what was asked of it", () => {
    const journal = aJournal({
      sessions: [session],
      asks: [{ sessionId: "s1", title: "Widen", atMs: 500, text: "Widen the beam", item: "4" }],
      commits: [{ hash: "abc", subject: "Widen", sessionId: "s1", title: "Widen", atMs: 700, confidence: "high", why: "", state: "shipped", addedLines: 1, removedLines: 0 }],
      notes: [{ id: "n", sessionId: "s1", title: "Widen", atMs: 400, text: "before" }],
      errors: [{ sessionId: "s1", title: "Widen", apiErrors: 0, toolErrors: 2, names: [{ name: "Bash", count: 2 }], firstAtMs: 600, item: "5", agent: null }],
    });

    expect(eventsOf(journal).map((event) => event.kind)).toEqual(["note", "session", "ask", "errors", "commit"]);
  });

  it("has the day before beside each figure", () => {
    const figures = figuresOf(aJournal({ totals: { ...none, asks: 3, apiErrors: 1, toolErrors: 2 }, dayBefore: { ...none, asks: 1 } }));

    expect(figures.filter(({ count, before }) => count + before > 0)).toEqual([
      { label: "Asks", count: 3, before: 1 },
      { label: "Errors", count: 3, before: 0 },
    ]);
  });

  it("is empty where nobody worked, committed or wrote a note", () => {
    expect(isEmpty(aJournal())).toBe(true);
    expect(isEmpty(aJournal({ notes: [{ id: "n", sessionId: "s1", title: null, atMs: 1, text: "x" }] }))).toBe(false);
  });
});
