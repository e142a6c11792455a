import { useRef, useState } from "react";
import type { Card } from "@/api/types";
import { holdCard, toLanes, type Lane } from "../model/lanes";

const todayMs = () => new Date().setHours(0, 0, 0, 0);

/** The lanes as drawn: a card under the pointer or with the focus keeps its place until it is left. */
export function useLanes(cards: readonly Card[]) {
  const [held, setHeld] = useState<string | null>(null);
  const [drawn, setDrawn] = useState<{ cards: readonly Card[]; held: string | null; lanes: readonly Lane[] }>(() => ({ cards, held, lanes: toLanes(cards, todayMs()) }));
  // Made of the lanes drawn before, so it is state; adjusted while rendering, so that no stale picture is ever drawn.
  if (drawn.cards !== cards || drawn.held !== held) setDrawn({ cards, held, lanes: holdCard(drawn.lanes, toLanes(cards, todayMs()), held) });

  const pointed = useRef<string | null>(null);
  const focused = useRef<string | null>(null);
  const settle = () => setHeld(focused.current ?? pointed.current);
  return {
    lanes: drawn.lanes,
    point: (id: string | null) => {
      pointed.current = id;
      settle();
    },
    focus: (id: string | null) => {
      focused.current = id;
      settle();
    },
    release: () => {
      pointed.current = focused.current = null;
      setHeld(null);
    },
  };
}
