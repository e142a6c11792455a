import { visibleText } from "@/lib/sanitize";

export interface Run {
  text: string;
  /** 0 to 7, the terminal's colours; brighter ones are folded onto them. */
  ink: number | null;
  ground: number | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const plain: Omit<Run, "text"> = { ink: null, ground: null, bold: false, dim: false, italic: false, underline: false };

// A sequence of any kind: CSI, OSC and other strings up to their end, or a two-character escape. Only "CSI … m" has a
// meaning here; the others move a cursor or talk to a terminal that is not there.
const sequence = /\u001b\[([0-9;:?<=>!]*)[ -/]*([@-~])|\u001b[\]PX^_][\s\S]*?(?:\u0007|\u001b\\|$)|\u001b[ -/]*[0-~]|\u009b[0-9;]*[@-~]/g

/** Terminal output as runs of equal look. Never markup: the runs are drawn as text with classes. */
export function parseAnsi(output: string): Run[] {
  const runs: Run[] = [];
  const source = overwrite(output);
  let look = plain;
  let from = 0;
  const push = (text: string) => {
    const visible = visibleText(text);
    if (visible !== "") runs.push({ ...look, text: visible });
  };
  for (const match of source.matchAll(sequence)) {
    push(source.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === "m") look = select(look, match[1] ?? "");
  }
  push(source.slice(from));
  return runs;
}

/** A carriage return starts the line again: of a progress bar only its last state is left. */
function overwrite(output: string): string {
  if (!output.includes("\r")) return output;
  return output
    .replace(/\r+\n/g, "\n")
    .split("\n")
    .map((line) => {
      const states = line.split("\r").filter((state) => state !== "");
      return states.at(-1) ?? "";
    })
    .join("\n");
}

function select(look: Omit<Run, "text">, parameters: string): Omit<Run, "text"> {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  let next = look;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extended(codes, at + 1);
      at += used;
      next = code === 38 ? { ...next, ink: colour } : { ...next, ground: colour };
    } else next = simple(next, code);
  }
  return next;
}

function simple(look: Omit<Run, "text">, code: number): Omit<Run, "text"> {
  if (code === 0) return plain;
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 3) return { ...look, italic: true };
  if (code === 4) return { ...look, underline: true };
  // Inverse without colours to swap is shown as bold; it mostly marks a title or a selection.
  if (code === 7) return { ...look, bold: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 23) return { ...look, italic: false };
  if (code === 24) return { ...look, underline: false };
  if (code >= 30 && code <= 37) return { ...look, ink: code - 30 };
  if (code >= 90 && code <= 97) return { ...look, ink: code - 90 };
  if (code === 39) return { ...look, ink: null };
  if (code >= 40 && code <= 47) return { ...look, ground: code - 40 };
  if (code >= 100 && code <= 107) return { ...look, ground: code - 100 };
  if (code === 49) return { ...look, ground: null };
  return look;
}

function extended(codes: number[], at: number): { colour: number | null; used: number } {
  if (codes[at] === 5) return { colour: fromPalette(codes[at + 1] ?? 0), used: 2 };
  if (codes[at] === 2) return { colour: nearest(codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0), used: 4 };
  return { colour: null, used: 0 };
}

function fromPalette(index: number): number {
  if (index < 16) return index % 8;
  if (index >= 232) return index < 244 ? 0 : 7;
  const cube = index - 16;
  return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

/** A bit per channel that stands out: classes can name eight colours, and the theme keeps each of them readable. */
function nearest(red: number, green: number, blue: number): number {
  const middle = Math.max(red, green, blue) * 0.6;
  if (Math.max(red, green, blue) < 60) return 0;
  return (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
}
