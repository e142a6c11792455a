import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Card } from "@/api/types";
import { usePageTitle } from "@/lib/page-title";
import { useNotice } from "@/lib/use-notice";
import { ErrorFace } from "@/ui/face";
import { Notice } from "@/ui/notice";
import { getBoard, getTitles } from "../api/get-board";
import { BoardSkeleton, NoCards } from "../components/board-faces";
import { Explain } from "../components/explain";
import { Lanes } from "../components/lanes";
import { SnoozeMenu } from "../components/snooze-menu";
import { useCardActions } from "../hooks/use-card-actions";

const route = getRouteApi("/board");

export default function BoardRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const board = useQuery(getBoard());
  const titles = useQuery(getTitles());
  const [snoozing, setSnoozing] = useState<Card | null>(null);
  const [notice, notify] = useNotice();
  const actions = useCardActions({
    onNotice: notify,
    onSnooze: setSnoozing,
    onExplain: (card) => void navigate({ search: (now) => ({ ...now, explain: card.id }) }),
  });
  usePageTitle("Board");

  if (board.isPending) return <BoardSkeleton />;
  if (board.data === undefined) return <ErrorFace title="The board could not be loaded" error={board.error} onRetry={() => void board.refetch()} />;
  return (
    <>
      <h1 className="visually-hidden">Board</h1>
      {board.data.cards.length === 0 ? (
        <NoCards />
      ) : (
        <Lanes
          cards={board.data.cards}
          titles={titles.data ?? {}}
          done={place.done === "open"}
          onDone={(open) => void navigate({ search: ({ done: _done, ...rest }) => (open ? { ...rest, done: "open" } : rest), replace: true })}
          onRun={actions.run}
        />
      )}
      {snoozing !== null && (
        <SnoozeMenu
          onClose={() => setSnoozing(null)}
          onChoose={(snooze) => {
            actions.snooze(snoozing, snooze);
            setSnoozing(null);
          }}
        />
      )}
      {place.explain !== undefined && (
        <Explain id={place.explain} onClose={() => void navigate({ search: ({ explain: _explain, ...rest }) => rest, replace: true })} />
      )}
      <Notice>{notice}</Notice>
    </>
  );
}
