import { expect, it } from "vitest";
import { withLinks } from "./note-links";

const id = "sabcdefghijklmnop";

it("names a linked session by its title, whatever signs it holds", () =>
  expect(withLinks(`see [[${id}]]`, { [id]: "Fix *all* [lamps](x)" }, "http://m")).toBe(
    `see [Fix \\*all\\* \\[lamps\\]\\(x\\)](http://m/sessions/${id})`,
  ));

it("takes the words of the link before the title", () =>
  expect(withLinks(`[[${id}|the lamp]]`, {}, "http://m")).toBe(`[the lamp](http://m/sessions/${id})`));

it("leaves a link to nothing as it was written", () => {
  expect(withLinks(`[[${id}]] [[x]]`, {}, "http://m")).toBe(`[[${id}]] [[x]]`);
});
