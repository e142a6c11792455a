import { describe, expect, it } from "vitest";
import { groundOf, inkOf, lookOf, withoutEmptyEnd } from "./screen";

describe("the ink of a colour", () => {
  it.each([
    ["default", "default"],
    ["1", "1"],
    ["9", "1"],
    ["15", "default"],
    ["8", "muted"],
    ["#ffffff", "default"],
    ["#000000", "default"],
    ["#d77757", "1"],
    ["#4eba65", "2"],
    ["#b1b9f9", "4"],
    ["#999999", "soft"],
    ["240", "muted"],
    ["196", "1"],
    ["46", "2"],
    ["21", "4"],
    ["226", "3"],
    ["51", "6"],
  ])("%s is drawn with %s", (colour, ink) => expect(inkOf(colour)).toBe(ink));
});

it.each([
  ["default", "default"],
  ["#373737", "raised"],
  ["#225c2b", "good"],
  ["#7a2936", "bad"],
  ["4", "accent"],
])("the ground %s is drawn as %s", (colour, ground) => expect(groundOf(colour)).toBe(ground));

it("keeps the traits that can be drawn", () =>
  expect(lookOf({ text: "x", foreground: "default", background: "default", traits: ["bold", "italic", "reverse", "underline"] })).toEqual({
    ink: "default",
    ground: "default",
    reverse: true,
    weight: "bold",
    italic: true,
    line: "underline",
  }));

it("leaves out what is below the last word", () => {
  const line = (text: string) => ({ runs: text === "" ? [] : [{ text, foreground: "default", background: "default", traits: [] }] });
  expect(withoutEmptyEnd([line("a"), line(""), line("b"), line("   "), line("")])).toEqual([line("a"), line(""), line("b")]);
});
