import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useServerEvents, useTopic } from "@/api/use-events";
import { getBoard, getTitles } from "../api/get-board";
import { applyChange, isChange, type Change } from "../model/board";
import { moveDraft } from "../model/drafts";

/** Keeps the board current for the whole tab: its title counts what waits on every page. */
export function useLiveBoard() {
  const queryClient = useQueryClient();
  const { queryKey } = getBoard();
  const { isFetching } = useQuery(getBoard());
  // Told while a picture is on its way, which may have been taken before: it is put upon that picture, too.
  const late = useRef<Change[]>([]);
  const began = useRef(0);

  // Between the picture and the stream something was told to nobody. A gap is the shell's to heal. A first picture that is
  // on its way cannot be asked for again before it is there.
  const heal = useCallback(() => {
    const board = queryClient.getQueryData(queryKey);
    if (board === undefined || board.seq >= began.current) return;
    began.current = 0;
    void queryClient.invalidateQueries({ queryKey });
  }, [queryClient, queryKey]);

  useTopic("board", () => "board");
  useServerEvents((event) => {
    if (event.type === "hello" && event.data.verdict === "fresh") {
      began.current = event.data.seq;
      heal();
    }
    if (event.type === "session")
      queryClient.setQueryData(getTitles().queryKey, (titles) =>
        titles === undefined || titles[event.data.id] === event.data.title ? titles : { ...titles, [event.data.id]: event.data.title },
      );
    if (event.type === "gone" && event.data.replacedBy !== null) moveDraft(event.data.id, event.data.replacedBy);
    if (!isChange(event)) return;
    if (queryClient.isFetching({ queryKey }) > 0) late.current.push(event);
    queryClient.setQueryData(queryKey, (board) => board && applyChange(board, event));
  });
  useEffect(() => {
    if (isFetching) return;
    heal();
    if (late.current.length === 0) return;
    const changes = late.current.splice(0);
    queryClient.setQueryData(queryKey, (board) => board && changes.reduce(applyChange, board));
  }, [isFetching, queryClient, queryKey, heal]);
}
