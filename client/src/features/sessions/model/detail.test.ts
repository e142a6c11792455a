import { describe, expect, it } from "vitest";
import { anItem } from "@/testing/factories";
import { shows } from "./detail";
import { highlightLine } from "./highlight";
import { nextMatch } from "./matches";
import { barHeights, ordinalAt } from "./minimap";
import { readPlace } from "./place";
import { outcomeFacts, outcomeWords, pathEnd } from "./tool-line";

describe("levels of detail", () => {
  const edit = anItem(1, { kind: "tool", outcome: { file: "a.cs", added: 2 } });
  const read = anItem(2, { kind: "tool", outcome: { lines: 2 } });
  it("shows edits but no other tools in the middle", () => {
    expect([shows("all", read), shows("edits", read), shows("edits", edit), shows("talk", edit)]).toEqual([true, false, true, false]);
  });
  it("hides prompts that no person wrote", () =>
    expect(shows("talk", anItem(3, { kind: "prompt", flags: ["meta"] }))).toBe(false));
});

describe("a folded tool line", () => {
  it("says the exit first and the rest in order", () =>
    expect(outcomeFacts({ status: "error", outcome: { exitCode: 1, durationMs: 12_300, lines: 3 } })).toEqual(["exit 1", "3 lines", "12 s"]));
  it("tells the first words where figures say less", () => {
    const outcome = { lines: 3, summary: "first line" };
    expect([outcomeWords({ status: "ok", outcome }), outcomeWords({ status: "error", outcome })]).toEqual([null, "first line"]);
  });
  it("keeps the end of a path", () => expect([pathEnd("/a/b/c/d/e.cs"), pathEnd("src/a.cs")]).toEqual(["…/c/d/e.cs", "src/a.cs"]));
  it("counts lines of a file and hits of a search", () => {
    expect(outcomeFacts({ status: "ok", outcome: { file: "a.cs", hits: 5, lines: 5 } })).toEqual(["5 lines"]);
    expect(outcomeFacts({ status: "ok", outcome: { hits: 5, lines: 5 } })).toEqual(["5 hits"]);
  });
  it("says that it failed when there is no exit", () =>
    expect(outcomeFacts({ status: "error", outcome: null })).toEqual(["failed"]));
});

describe("moving about", () => {
  const matches = ["1", "2", "3"].map((id) => ({ id, ordinal: Number(id), kind: "reply" as const, snippet: "", start: 0, length: 0 }));
  it("goes round the matches", () => {
    expect(nextMatch(matches, "3", 1)?.id).toBe("1");
    expect(nextMatch(matches, null, -1)?.id).toBe("3");
    expect(nextMatch([], null, 1)).toBeNull();
  });
  it("reads a place on the map as an item", () => expect([ordinalAt(0, 10), ordinalAt(0.5, 10), ordinalAt(2, 10)]).toEqual([0, 5, 9]));
  it("keeps small bars visible", () => expect(barHeights([0, 1, 10_000])).toEqual([0, 0.08, 1]));
  it("reads a place in the address", () =>
    expect(readPlace({ focus: "412", panel: "raw", detail: "none" })).toEqual({ focus: "412", panel: "raw" }));
});

describe("syntax colours", () => {
  it("names what most languages agree on and loses nothing", () => {
    const tokens = highlightLine('return "a" + 42; // why');
    expect(tokens.map((token) => token.text).join("")).toBe('return "a" + 42; // why');
    expect(tokens.map((token) => token.kind).filter((kind) => kind !== null)).toEqual(["key", "text", "number", "comment"]);
  });
});
