import { useLayoutEffect, useRef, type RefObject } from "react";
import { along, type Move, type Point } from "../model/flip";

const timing = { duration: 180, easing: "cubic-bezier(0.2, 0, 0, 1)" };

interface Drawn extends Move {
  animation: Animation | null;
}

/** Lets cards glide to their new places. Nothing waits for it: a card on its way can be pressed, and moves on from where it is. */
export function useCardMoves(board: RefObject<HTMLElement | null>, order: string) {
  const drawn = useRef(new Map<string, Drawn>());
  useLayoutEffect(() => {
    const element = board.current;
    if (element === null) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const next = new Map<string, Drawn>();
    for (const card of element.querySelectorAll<HTMLElement>("[data-card]")) {
      const id = card.dataset["card"] ?? "";
      const last = drawn.current.get(id);
      const seen = last === undefined ? null : along(last, last.animation?.effect?.getComputedTiming().progress ?? 1);
      last?.animation?.cancel();
      const to = placeIn(element, card);
      const moves = !still && seen !== null && (seen.x !== to.x || seen.y !== to.y);
      const from = moves ? seen : to;
      const animation = moves ? card.animate([{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: "none" }], timing) : null;
      next.set(id, { from, to, animation });
    }
    drawn.current = next;
  }, [board, order]);
}

/** Within what scrolls: scrolling is no move. */
function placeIn(board: HTMLElement, card: HTMLElement): Point {
  const outer = board.getBoundingClientRect();
  const inner = card.getBoundingClientRect();
  return { x: Math.round(inner.left - outer.left + board.scrollLeft), y: Math.round(inner.top - outer.top + board.scrollTop) };
}
