import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, type RefObject } from "react";
import type { Item } from "@/api/types";
import { indexNear, settle, type Landing } from "../model/landing";

interface Options {
  virtual: Virtualizer<HTMLDivElement, Element>;
  items: readonly Item[];
  scroller: RefObject<HTMLDivElement | null>;
}

interface Mark {
  index: number;
  wanted: number;
  strayed: number;
}

const nowhere: Mark = { index: -1, wanted: -1, strayed: 0 };

/**
 * Keeps an item where a jump put it, until the reader moves on. The library scrolls to an index, and goes on doing so for
 * as long as heights are measured; but a page that arrives before the target gives its index to another item. So the item
 * is held by its id, and looked at again after every change of what is drawn.
 */
export function useHold({ virtual, items, scroller }: Options) {
  const held = useRef<{ id: string; landing: Landing; focuses: boolean } | null>(null);
  const mark = useRef<Mark>(nowhere);

  const release = () => {
    if (held.current !== null) virtual.cancelScroll();
    held.current = null;
    mark.current = nowhere;
  };

  const keep = () => {
    const element = scroller.current;
    if (held.current === null || element === null) return;
    const { id, landing, focuses } = held.current;
    const index = indexNear(items, id);
    const place = virtual.measurementsCache[index];
    if (place === undefined) return;
    const align = settle(landing, place.size, element.clientHeight);
    const wanted = virtual.getOffsetForIndex(index, align)?.[0] ?? 0;
    const strayed = Math.abs(element.scrollTop - wanted);
    const last = mark.current;
    if (last.index === index && last.wanted === wanted) {
      // Nothing has moved the item, so somebody has moved the view: by a scroll bar, a script, a screen reader.
      if (strayed > last.strayed + 1) return release();
    } else if (last.index !== index || strayed > 1) virtual.scrollToIndex(index, { align });
    mark.current = { index, wanted, strayed: Math.abs(element.scrollTop - wanted) };

    if (focuses && focusItem(element, id)) held.current = { id, landing, focuses: false };
  };
  useLayoutEffect(keep);

  return {
    take: (id: string, landing: Landing, focuses: boolean) => {
      held.current = { id, landing, focuses };
      mark.current = nowhere;
      keep();
    },
    release,
    id: () => held.current?.id ?? null,
    /** What the reader does in the list itself ends the hold at once. */
    letsGo: { onWheel: release, onTouchMove: release, onPointerDown: release, onKeyDown: release },
  };
}

/** False while the item is not drawn yet. */
export function focusItem(scroller: HTMLElement, id: string): boolean {
  const item = scroller.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`);
  // Who types, in the find bar for one, goes on typing.
  if (item !== null && !(document.activeElement instanceof HTMLInputElement)) item.focus({ preventScroll: true });
  return item !== null;
}
