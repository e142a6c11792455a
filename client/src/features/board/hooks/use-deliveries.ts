import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { askAgain } from "@/api/ask-again";
import { useServerEvents } from "@/api/use-events";
import type { Delivery } from "@/api/types";
import { getDeliveries, getSent } from "../api/deliveries";
import { getCard } from "../api/get-board";
import { getScreen } from "../api/get-screen";
import { applyDelivery, mergeDelivery, shownOn } from "../model/deliveries";

/** Puts what the server answered where everything of the board reads it. */
export function useKeepDelivery() {
  const queryClient = useQueryClient();
  return useCallback(
    (delivery: Delivery) => {
      const { queryKey } = getDeliveries();
      queryClient.setQueryData(queryKey, (known) => mergeDelivery(known ?? [], delivery));
      if (queryClient.isFetching({ queryKey }) > 0) void askAgain(queryClient, queryKey);
      void askAgain(queryClient, getSent(delivery.cardId).queryKey);
    },
    [queryClient],
  );
}

/** Keeps the deliveries of the whole board current, and what they change: dialogs and screens. */
export function useLiveDeliveries() {
  const queryClient = useQueryClient();
  const { queryKey } = getDeliveries();
  useQuery(getDeliveries());
  useServerEvents((event) => {
    if (event.type === "card") {
      void askAgain(queryClient, getCard(event.data.id).queryKey);
      void askAgain(queryClient, getScreen(event.data.id).queryKey);
    }
    if (event.type !== "delivery") return;
    const { cardId } = event.data;
    const known = queryClient.getQueryData(queryKey);
    const next = applyDelivery(known ?? [], event.data);
    if (next !== null) queryClient.setQueryData(queryKey, next);
    if (next === null || queryClient.isFetching({ queryKey }) > 0) void askAgain(queryClient, queryKey);
    for (const touched of [getSent(cardId), getCard(cardId), getScreen(cardId)]) void askAgain(queryClient, touched.queryKey);
  });
}

/** What a card shows of what was sent to it. */
export const useShownDelivery = (cardId: string) => useQuery({ ...getDeliveries(), select: (known) => shownOn(known, cardId) }).data ?? null;
