import { expect, it } from "vitest";
import { asTyped, chipsOf, textOf, without } from "./typed";

it.each([
  ["pars", "pars*"],
  ["fix the swe", "fix the swe*"],
  ["-pars", "-pars*"],
  ["pa", "pa"],
  ["pars ", "pars "],
  ["pars*", "pars*"],
  ['"a phrase"', '"a phrase"'],
  ['"open phra', '"open phra*'],
  ["tool:Bash", "tool:Bash"],
  ["naïve", "naïve*"],
])("%s is sent as %s while it is typed", (typed, sent) => expect(asTyped(typed)).toBe(sent));

it("finds the filters of a query", () => {
  const chips = chipsOf('sweep tool:Bash -project:"my shop" file:/src/a.cs std::vector http://x before:2026-01-02T10:00:00Z');
  expect(chips.map(({ name, value }) => [name, value])).toEqual([
    ["tool", "Bash"],
    ["-project", "my shop"],
    ["file", "/src/a.cs"],
    ["before", "2026-01-02T10:00:00Z"],
  ]);
});

it("takes a filter out of a query", () => {
  const [chip] = chipsOf("sweep tool:Bash fix");
  expect(chip && without("sweep tool:Bash fix", chip)).toBe("sweep fix");
});

it("tells a text from its filters", () => {
  expect(textOf('tool:Bash exit  code -project:"my shop"')).toBe("exit  code");
  expect(textOf("two  spaces")).toBe("two  spaces");
});
