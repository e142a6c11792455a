import type { PaneScreen, ScreenRun } from "@/api/types";

/** Which token a terminal's colour is drawn with: the theme keeps each of them readable, whatever the program chose. */
export type Ink = "default" | "soft" | "muted" | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;
export type Ground = "default" | "raised" | "good" | "bad" | "accent";

export interface Look {
  ink: Ink;
  ground: Ground;
  /** Surface and ink change places. */
  reverse: boolean;
  weight: "bold" | "dim" | undefined;
  italic: boolean;
  line: "underline" | "strike" | undefined;
}

interface Rgb {
  red: number;
  green: number;
  blue: number;
}

const steps = [0, 95, 135, 175, 215, 255];

/** @param colour `default`, a number of the palette of 256, or `#rrggbb`. */
function toRgb(colour: string): Rgb | null {
  if (colour.startsWith("#")) {
    const value = Number.parseInt(colour.slice(1), 16);
    return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255 };
  }
  const index = Number(colour);
  if (!Number.isInteger(index) || index < 16) return null;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return { red: grey, green: grey, blue: grey };
  }
  const cube = index - 16;
  return { red: steps[Math.floor(cube / 36)] ?? 0, green: steps[Math.floor(cube / 6) % 6] ?? 0, blue: steps[cube % 6] ?? 0 };
}

const isGrey = ({ red, green, blue }: Rgb) => Math.max(red, green, blue) - Math.min(red, green, blue) < 32;

/** The colours of a terminal by a bit for each channel that stands out. */
function hueOf({ red, green, blue }: Rgb): number {
  const middle = (Math.max(red, green, blue) + Math.min(red, green, blue)) / 2;
  return (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
}

const hues: readonly Ink[] = ["0", "1", "2", "3", "4", "5", "6", "7"];

export function inkOf(colour: string): Ink {
  const index = /^\d+$/.test(colour) ? Number(colour) : Number.NaN;
  if (index < 16) return index === 7 || index === 15 ? "default" : index === 0 || index === 8 ? "muted" : (hues[index % 8] ?? "default");
  const rgb = toRgb(colour);
  if (rgb === null) return "default";
  // Greys say how loud something is; which end is loud depends on the theme the program believes in.
  if (isGrey(rgb)) return rgb.red > 200 || rgb.red < 48 ? "default" : rgb.red > 150 ? "soft" : "muted";
  return hues[hueOf(rgb)] ?? "default";
}

const grounds: readonly Ground[] = ["raised", "bad", "good", "raised", "accent", "accent", "accent", "raised"];

export function groundOf(colour: string): Ground {
  if (colour === "default") return "default";
  const index = /^\d+$/.test(colour) ? Number(colour) : Number.NaN;
  if (index < 16) return grounds[index % 8] ?? "raised";
  const rgb = toRgb(colour);
  if (rgb === null) return "default";
  return isGrey(rgb) ? "raised" : (grounds[hueOf(rgb)] ?? "raised");
}

export function lookOf({ foreground, background, traits }: ScreenRun): Look {
  return {
    ink: inkOf(foreground),
    ground: groundOf(background),
    reverse: traits.includes("reverse"),
    weight: traits.includes("bold") ? "bold" : traits.includes("dim") ? "dim" : undefined,
    italic: traits.includes("italic"),
    line: traits.includes("underline") ? "underline" : traits.includes("strike") ? "strike" : undefined,
  };
}

/** A screen is as high as its terminal; what is below the last word of it says nothing. */
export function withoutEmptyEnd(lines: PaneScreen["lines"]): PaneScreen["lines"] {
  const last = lines.findLastIndex((line) => line.runs.some((run) => run.text.trim() !== ""));
  return lines.slice(0, last + 1);
}
