import { api, complete } from "@/api/client";

export const pinCard = (id: string, on: boolean) =>
  complete(api.POST("/api/board/cards/{id}/pin", { params: { path: { id }, query: { on } } }));

export const muteCard = (id: string, on: boolean) =>
  complete(api.POST("/api/board/cards/{id}/mute", { params: { path: { id }, query: { on } } }));

/** For so many minutes, or without them until it changes. */
export const snoozeCard = (id: string, minutes: number | null) =>
  complete(api.POST("/api/board/cards/{id}/snooze", { params: { path: { id }, query: minutes === null ? {} : { minutes } } }));

export const wakeCard = (id: string) =>
  complete(api.POST("/api/board/cards/{id}/snooze", { params: { path: { id }, query: { on: false } } }));

export const seeCard = (id: string) => complete(api.POST("/api/board/cards/{id}/seen", { params: { path: { id } } }));
