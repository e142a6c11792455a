import type { Item } from "@/api/types";

const line = 21;

/** A guess of an item's height in pixels before it is measured; the better it is, the less the scroll bar corrects itself. */
export function estimateHeight(item: Item | undefined, width: number): number {
  if (item === undefined) return 32;
  if (item.kind !== "prompt" && item.kind !== "reply") return 30;
  const perLine = Math.max(24, Math.min(width - 48, 800) / 7.2);
  const text = item.text ?? item.preview;
  let lines = 0;
  for (const part of text.split("\n")) lines += Math.max(0.6, Math.ceil(part.length / perLine));
  return Math.round(lines * line + (item.kind === "prompt" ? 60 : 34));
}
