/** Where a window starts out. */
export type Anchor = { at: "head" } | { at: "tail" } | { at: "around"; item: string };

export const anchorKey = (anchor: Anchor) => (anchor.at === "around" ? `around:${anchor.item}` : anchor.at);

/** In pixels: nearer to the end than this counts as being there. */
export const endSlack = 48;

export interface ScrollMark {
  top: number;
  height: number;
  viewport: number;
}

export const distanceFromEnd = (mark: ScrollMark) => mark.height - mark.top - mark.viewport;

/**
 * Whether the tail is held after a scroll. Only a reader moves up without the content having shrunk, so only that lets
 * go; content that grows below or is measured anew does not.
 */
export function followAfterScroll(following: boolean, before: ScrollMark, after: ScrollMark, hasAfter: boolean): boolean {
  if (hasAfter) return false;
  if (distanceFromEnd(after) <= endSlack) return true;
  const movedUp = after.top < before.top - 1 && after.height >= before.height && after.viewport === before.viewport;
  return following && !movedUp;
}

/**
 * Whether a new height of an item is made up for by scrolling: for what is wholly above the fold always; for what
 * reaches over it only when the height so far was a guess, because a later growth happens at its visible end.
 */
export const keepsBelow = (item: { start: number; end: number }, offset: number, isFirstMeasure: boolean) =>
  item.end <= offset || (isFirstMeasure && item.start < offset);
