import type { Item, ItemsEvent, Transcript } from "@/api/types";

const key = (item: Item) => item.id;

/** Puts an older page before the window. What both hold is taken from the window, which live items may have renewed. */
export function prepend(window: Transcript, page: Transcript): Transcript {
  const known = new Set(window.items.map(key));
  const older = page.items.filter((item) => !known.has(item.id));
  return { ...window, items: [...older, ...window.items], hasBefore: page.hasBefore };
}

export function append(window: Transcript, page: Transcript): Transcript {
  const known = new Set(window.items.map(key));
  const newer = page.items.filter((item) => !known.has(item.id));
  return { ...window, session: page.session, items: [...window.items, ...newer], hasAfter: page.hasAfter, total: page.total };
}

export type Patched =
  | { verdict: "patched"; window: Transcript; added: number }
  | { verdict: "ignored" }
  /** The window is of another generation: only fetching again helps. */
  | { verdict: "stale" };

/**
 * Puts live items into the window, by id. New ones are appended only when the window reaches the end; otherwise they
 * are counted, and `hasAfter` says that there is more.
 */
export function applyItems(window: Transcript, event: ItemsEvent, fits: (item: Item) => boolean): Patched {
  if (event.generation !== window.generation) return { verdict: "stale" };
  // Equal is no duplicate: several events may carry one revision, and patching twice changes nothing.
  if (event.revision < window.revision) return { verdict: "ignored" };

  const items = [...window.items];
  const places = new Map(items.map((item, index) => [item.id, index]));
  const first = items[0]?.ordinal ?? null;
  const fresh: Item[] = [];
  for (const item of event.items) {
    const place = places.get(item.id);
    if (place !== undefined) items[place] = item;
    else if (fits(item) && !(window.hasBefore && first !== null && item.ordinal !== null && item.ordinal < first)) fresh.push(item);
  }
  const next = { ...window, items, revision: event.revision, total: event.total };
  if (window.hasAfter) return { verdict: "patched", window: next, added: fresh.length };
  for (const item of fresh) insert(items, item);
  return { verdict: "patched", window: next, added: fresh.length };
}

/** Nearly always the end; searched from there. Items without an ordinal are the newest there are. */
function insert(items: Item[], item: Item) {
  let at = items.length;
  while (at > 0 && item.ordinal !== null) {
    const ordinal = items[at - 1]?.ordinal ?? null;
    if (ordinal !== null && ordinal < item.ordinal) break;
    at -= 1;
  }
  items.splice(at, 0, item);
}

/** Temporary ids ("t…") belong to a part that is not indexed yet and become ordinals later. */
export const hasTemporaryIds = (window: Transcript) => window.items.some((item) => item.ordinal === null);
