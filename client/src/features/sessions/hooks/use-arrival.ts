import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, type RefObject } from "react";
import type { Item, Transcript } from "@/api/types";
import { anchorKey, type Anchor } from "../model/anchor";
import { indexNear, nearest } from "../model/landing";
import type { Detail } from "../model/place";
import { focusItem, useHold } from "./use-hold";
import type { Active } from "./viewer-context";

interface Options {
  virtual: Virtualizer<HTMLDivElement, Element>;
  scroller: RefObject<HTMLDivElement | null>;
  items: readonly Item[];
  loaded: Transcript | undefined;
  isFetching: boolean;
  anchor: Anchor;
  detail: Detail;
  active: Active | null;
  following: boolean;
  /** The first item in view. */
  looksAt: RefObject<{ item: string | null; following: boolean }>;
  onAnchor: (anchor: Anchor) => void;
  onArrived: () => void;
  showAll: () => void;
}

/** Puts a window to where it opens, and the item of a jump into view, wherever it is and whatever hides it. */
export function useArrival(options: Options) {
  const { virtual, scroller, items, loaded, isFetching, anchor, detail, active, following, looksAt, onAnchor, onArrived, showAll } = options;
  const hold = useHold({ virtual, items, scroller });

  const placed = useRef("");
  const place = `${anchorKey(anchor)}:${detail}`;
  useLayoutEffect(() => {
    if (items.length === 0 || placed.current === place) return;
    placed.current = place;
    if (anchor.at === "tail") virtual.scrollToEnd();
    if (anchor.at === "around") hold.take(anchor.item, active?.id === anchor.item ? "center" : "start", false);
  });

  // Another level of detail is another window: it opens where the reader is.
  const shownDetail = useRef(detail);
  useLayoutEffect(() => {
    if (shownDetail.current === detail) return;
    shownDetail.current = detail;
    const item = hold.id() ?? looksAt.current.item;
    if (looksAt.current.following) onAnchor({ at: "tail" });
    else if (item !== null) onAnchor({ at: "around", item });
  });

  const arrived = useRef(-1);
  useLayoutEffect(() => {
    if (active === null || loaded === undefined || arrived.current === active.turn) return;
    const { id, align, turn } = active;
    const index = items.findIndex((item) => item.id === id);
    const isAround = anchor.at === "around" && anchor.item === id;
    if (index !== -1) {
      const span = virtual.measurementsCache[index];
      const element = scroller.current;
      if (span === undefined || element === null) return;
      arrived.current = turn;
      onArrived();
      const landing = align === "center" ? align : nearest(span, element.scrollTop, element.clientHeight);
      if (landing === null) focusItem(element, id);
      else hold.take(id, landing, turn > 0);
    } else if (detail !== "all" && (isAround || loaded.items.some((item) => item.id === id))) {
      if (!isFetching) showAll();
    } else if (!isAround) onAnchor({ at: "around", item: id });
  });

  return {
    release: hold.release,
    letsGo: hold.letsGo,
    /** Whether the view stands where it is going to; until then nobody wants what is before or after it. */
    isThere: () => {
      const id = hold.id();
      const target = following ? items.length - 1 : id === null ? -1 : indexNear(items, id);
      const { range } = virtual;
      return placed.current === place && range !== null && (target === -1 || (target >= range.startIndex && target <= range.endIndex));
    },
  };
}
