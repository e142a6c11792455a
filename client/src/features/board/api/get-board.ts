import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { Board } from "../model/board";

export const getBoard = () =>
  queryOptions({
    queryKey: ["board", "cards"],
    queryFn: async ({ signal }): Promise<Board> => {
      const { seq, lanes } = await unwrap(api.GET("/api/board", { signal }));
      return { seq, cards: lanes.flatMap((lane) => lane.cards) };
    },
  });

export const getCard = (id: string) =>
  queryOptions({
    queryKey: ["board", "card", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/board/cards/{id}", { params: { path: { id } }, signal })),
  });

/** Sessions on the board are among the newest: one page of them names nearly all. */
const newest = 200;

/** Titles by session: they are made of the transcripts, which the board does not read. */
export const getTitles = () =>
  queryOptions({
    queryKey: ["board", "titles"],
    queryFn: async ({ signal }): Promise<Record<string, string>> => {
      const { items } = await unwrap(api.GET("/api/sessions", { params: { query: { limit: newest } }, signal }));
      return Object.fromEntries(items.map((session) => [session.id, session.title]));
    },
  });
