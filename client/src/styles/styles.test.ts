import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(import.meta.dirname, "..");
const files = readdirSync(source, { recursive: true, encoding: "utf8" });
const sheets = files.filter((name) => name.endsWith(".css") && !name.endsWith("tokens.css"));
const read = (name: string) => readFileSync(join(source, name), "utf8");

describe.each(sheets)("%s", (name) => {
  const css = read(name);
  it("takes colours from the tokens", () => expect(css.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []).toEqual([]));
  it("has no length in pixels above one", () => expect(css.match(/\b(?:[2-9]|\d{2,})px/g) ?? []).toEqual([]));
  it("stands in a layer and forces nothing", () => {
    expect(css).toMatch(/@layer/);
    expect(css).not.toContain("!important");
  });
});

it("names every token that is used", () => {
  const known = new Set(read("styles/tokens.css").match(/--[\w-]+(?=:)/g));
  const used = sheets.flatMap((name) => [...read(name).matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? ""));
  expect([...new Set(used)].filter((token) => !known.has(token))).toEqual([]);
});

it("asks the server in api folders only", () => {
  const asking = files.filter((name) => /\.tsx?$/.test(name) && !name.includes(".test.") && /\bfetch\(|new EventSource/.test(read(name)));
  expect(asking.filter((name) => !name.startsWith("api/"))).toEqual([]);
});
