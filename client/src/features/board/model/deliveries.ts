import type { ServerEvent } from "@/api/events";
import type { Delivery, DeliveryState } from "@/api/types";

export type DeliveryChange = Extract<ServerEvent, { type: "delivery" }>["data"];

/** The way of what is sent, as far as all goes well. */
export const ladder: readonly DeliveryState[] = ["queued", "typed", "submitted", "consumed"];

const rank: Record<DeliveryState, number> = { queued: 0, typed: 1, submitted: 2, consumed: 3, refused: 3, cancelled: 3, indeterminate: 3 };

export const isOpen = ({ state }: Pick<Delivery, "state">) => rank[state] < rank.consumed;

/** A delivery only goes forward: an answer that comes after later news of the stream takes nothing back. */
export function mergeDelivery(known: readonly Delivery[], delivery: Delivery): readonly Delivery[] {
  const had = known.find(({ id }) => id === delivery.id);
  if (had === undefined) return [...known, delivery];
  return rank[had.state] > rank[delivery.state] ? known : known.map((each) => (each === had ? delivery : each));
}

/** @returns Null if it is one that nobody here knows yet. */
export function applyDelivery(known: readonly Delivery[], { id, state, reason }: DeliveryChange): readonly Delivery[] | null {
  const had = known.find((delivery) => delivery.id === id);
  return had === undefined ? null : mergeDelivery(known, { ...had, state, reason });
}

const newestFirst = (a: Delivery, b: Delivery) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1);

/** What a card shows of what was sent to it: the one that is on its way, else the newest while a person has to do with it. */
export function shownOn(known: readonly Delivery[], cardId: string): { delivery: Delivery; waiting: number } | null {
  const mine = known.filter((delivery) => delivery.cardId === cardId && delivery.state !== "cancelled").sort(newestFirst);
  const open = mine.filter(isOpen);
  const delivery = open.at(-1) ?? mine[0];
  return delivery === undefined || delivery.dismissedAtMs !== null ? null : { delivery, waiting: Math.max(0, open.length - 1) };
}
