import type { Card } from "@/api/types";
import type { ServerEvent } from "@/api/events";

/** All cards, in no order: the order is made of what they say, since each of them changes by itself. */
export interface Board {
  /** Journal number of the picture it began as. */
  seq: number;
  cards: readonly Card[];
}

export type Change = Extract<ServerEvent, { type: "card" | "gone" }>;

export const isChange = (event: ServerEvent): event is Change => event.type === "card" || event.type === "gone";

/** Cards come as wholes, so that one told twice changes nothing. */
export function applyChange(board: Board, change: Change): Board {
  const id = change.data.id;
  const others = board.cards.filter((card) => card.id !== id);
  if (change.type === "gone") return others.length === board.cards.length ? board : { ...board, cards: others };
  if (others.length === board.cards.length) return { ...board, cards: [...others, change.data] };
  return { ...board, cards: board.cards.map((card) => (card.id === id ? change.data : card)) };
}

export const callsForAttention = (card: Card) => card.lane === "needs-you" && !card.marks.muted && !card.marks.snoozed;

export const countCalls = (board: Board) => board.cards.filter(callsForAttention).length;
