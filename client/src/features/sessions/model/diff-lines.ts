import type { Hunk } from "@/api/types";

export interface DiffLine {
  sign: "+" | "-" | " ";
  text: string;
  before: number | null;
  after: number | null;
}

/** Numbers the lines of a hunk on both sides. */
export function numberLines(hunk: Hunk): DiffLine[] {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  return hunk.lines.map((line): DiffLine => {
    const text = line.slice(1);
    if (line.startsWith("+")) return { sign: "+", text, before: null, after: after++ };
    if (line.startsWith("-")) return { sign: "-", text, before: before++, after: null };
    return { sign: " ", text, before: before++, after: after++ };
  });
}
