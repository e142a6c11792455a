import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { Delivery, ReplyBody } from "@/api/types";

/** Of all cards, what a person still has to do with. */
export const getDeliveries = () =>
  queryOptions({
    queryKey: ["board", "deliveries"],
    queryFn: async ({ signal }): Promise<readonly Delivery[]> => (await unwrap(api.GET("/api/board/deliveries", { signal }))).deliveries,
  });

/** All that was sent to one session, the newest first. */
export const getSent = (cardId: string) =>
  queryOptions({
    queryKey: ["board", "sent", cardId],
    queryFn: async ({ signal }) => (await unwrap(api.GET("/api/board/cards/{id}/deliveries", { params: { path: { id: cardId } }, signal }))).deliveries,
  });

export const reply = (id: string, body: ReplyBody) => unwrap(api.POST("/api/board/cards/{id}/reply", { params: { path: { id } }, body }));

/**
 * @param fingerprint Of the dialog that the person saw: another one is not answered.
 * @param choices One, or all boxes that shall be ticked.
 */
export const answer = (id: string, fingerprint: string, choices: string[], idempotencyKey: string) =>
  unwrap(api.POST("/api/board/cards/{id}/answer", { params: { path: { id } }, body: { fingerprint, choices, idempotencyKey } }));

export const cancelDelivery = (id: string) => unwrap(api.DELETE("/api/board/deliveries/{id}", { params: { path: { id } } }));

export const retryDelivery = (id: string) => unwrap(api.POST("/api/board/deliveries/{id}/retry", { params: { path: { id } } }));

export const dismissDelivery = (id: string) => unwrap(api.POST("/api/board/deliveries/{id}/dismiss", { params: { path: { id } } }));
