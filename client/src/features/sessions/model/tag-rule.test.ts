import { expect, it } from "vitest";
import { filtersOf, formOf, isEmpty, noRule, ruleOf, ruleWords } from "./tag-rule";

it("reads a tag into a form and back", () => {
  const rule = { agent: "codex" as const, project: null, model: null, branch: "main", state: null, q: "lamp" };
  const form = formOf({ name: "later", color: "teal", rule, sessions: 3 });
  expect(form).toEqual({ name: "later", color: "teal", rule: { ...noRule, agent: "codex", branch: "main", q: "lamp" } });
  expect(form.rule === null ? null : ruleOf(form.rule)).toEqual(rule);
});

it("starts gray and without a rule", () => expect(formOf(null)).toEqual({ name: "", color: "gray", rule: null }));

it("knows an empty rule, also of blanks", () => {
  expect(isEmpty({ ...noRule, q: "  " })).toBe(true);
  expect(isEmpty({ ...noRule, state: "live" })).toBe(false);
});

it("says a rule in a line, and finds the same in the list", () => {
  const rule = { ...noRule, agent: "gemini", branch: "main", q: " lamp " };
  expect(ruleWords({ ...rule, q: "lamp" })).toBe("Gemini CLI, on main, “lamp” in the title");
  expect(filtersOf(rule)).toEqual({ agent: "gemini", branch: "main", q: "lamp" });
});
