import { describe, expect, it } from "vitest";
import { parseAnsi } from "./ansi";

const text = (output: string) => parseAnsi(output).map((run) => run.text).join("");

describe("terminal output", () => {
  it("keeps colours as numbers", () => {
    const runs = parseAnsi("\u001b[1;31mFAIL\u001b[0m ok \u001b[92mgreen\u001b[39m");
    expect(runs.map(({ text: words, ink, bold }) => [words, ink, bold])).toEqual([
      ["FAIL", 1, true],
      [" ok ", null, false],
      ["green", 2, false],
    ]);
  });

  it("folds palette and true colours onto the eight", () => {
    expect(parseAnsi("\u001b[38;5;196mx")[0]?.ink).toBe(1);
    expect(parseAnsi("\u001b[38;2;10;20;250mx")[0]?.ink).toBe(4);
    expect(parseAnsi("\u001b[38;5;9;1mx")[0]).toMatchObject({ ink: 1, bold: true });
  });

  it.each([
    ["cursor movement", "a\u001b[2K\u001b[1Gb", "ab"],
    ["a title", "a\u001b]0;evil\u0007b", "ab"],
    ["a link", "\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\", "here"],
    ["a string that never ends", "a\u001bPxyz", "a"],
    ["controls", "a\u0000\u0008\u0085b", "ab"],
    ["a progress bar", "10%\r50%\r100%\ndone\r\n", "100%\ndone\n"],
  ])("takes %s out", (_name, output, shown) => expect(text(output)).toBe(shown));

  it("makes direction marks visible", () => expect(text("a\u202eb")).toBe("a\ufffdb"));
  it("leaves markup as text", () => expect(text("<b>x</b>")).toBe("<b>x</b>"));
});
