import { expect, it } from "vitest";
import type { SearchGroup } from "@/api/types";
import { aSession } from "@/testing/factories";
import { merge, partsOf } from "./groups";

const aGroup = (session: string, items: string[], more = 0, atLeast = false): SearchGroup => ({
  session: aSession({ id: session }),
  hits: items.map((id) => ({ id, agentId: null, kind: "reply", name: null, atMs: 1, snippet: id, marks: [], link: "" })),
  more,
  atLeast,
});

it("shows a session once, with what later pages found of it", () => {
  const merged = merge([aGroup("a", ["1", "2"], 3), aGroup("b", ["5"]), aGroup("a", ["9"], 1, true)]);
  expect(merged.map((group) => [group.session.id, group.hits.map((hit) => hit.id), group.more, group.atLeast])).toEqual([
    ["a", ["1", "2", "9"], 4, true],
    ["b", ["5"], 0, false],
  ]);
});

it("cuts a snippet at its marks", () =>
  expect(partsOf({ snippet: "one two three", marks: [{ start: 4, length: 3 }] })).toEqual([
    { text: "one ", marked: false },
    { text: "two", marked: true },
    { text: " three", marked: false },
  ]));
