import type { Item } from "@/api/types";

/** Which edge of the view an item is put to. */
export type Landing = "start" | "center" | "end";

interface Span {
  start: number;
  end: number;
  size: number;
}

/** The least move that shows an item whole: none when it is in view already. */
export function nearest(item: Span, top: number, viewport: number): Landing | null {
  if (item.start >= top && item.end <= top + viewport) return null;
  return item.start < top ? "start" : "end";
}

/** An item that is taller than the view is read from its beginning. */
export const settle = (landing: Landing, size: number, viewport: number): Landing => (size > viewport ? "start" : landing);

/** Where an item stands, or what follows it when this level of detail leaves it out; -1 when nothing follows. */
export function indexNear(items: readonly Item[], id: string): number {
  const exact = items.findIndex((item) => item.id === id);
  const ordinal = Number(id);
  return exact !== -1 || Number.isNaN(ordinal) ? exact : items.findIndex((item) => item.ordinal !== null && item.ordinal > ordinal);
}
