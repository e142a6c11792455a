import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Card, Started } from "@/api/types";
import { useServerEvents } from "@/api/use-events";
import { usePageTitle } from "@/lib/page-title";
import { phone, useMedia } from "@/lib/use-media";
import { useNotice } from "@/lib/use-notice";
import { ErrorFace } from "@/ui/face";
import { Notice } from "@/ui/notice";
import { getBoard, getTitles } from "../api/get-board";
import { BoardSkeleton, NoCards } from "../components/board-faces";
import { CardPanel } from "../components/card-panel";
import { Explain } from "../components/explain";
import { Lanes } from "../components/lanes";
import { NewAgent } from "../components/new-agent";
import { SnoozeMenu } from "../components/snooze-menu";
import { DeskContext, type Desk } from "../hooks/desk-context";
import { useCardActions } from "../hooks/use-card-actions";
import { useKeepDelivery, useLiveDeliveries } from "../hooks/use-deliveries";
import { returnToDraft } from "../model/drafts";
import { titleOf } from "../model/words";

const route = getRouteApi("/board");

const cardElement = (id: string) => document.querySelector(`[data-card="${CSS.escape(id)}"]`);

export default function BoardRoute() {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const board = useQuery(getBoard());
  const titles = useQuery(getTitles());
  const [snoozing, setSnoozing] = useState<Card | null>(null);
  const [notice, notify] = useNotice(4000);
  const [writing, setWriting] = useState<string | null>(null);
  const isPhone = useMedia(phone);
  const openPanel = useCallback((id: string) => void navigate({ search: (now) => ({ ...now, card: id }) }), [navigate]);
  const desk = useMemo(
    (): Desk => ({
      openReply: (id) => {
        setWriting(id);
        // Between a phone's keyboard and the head of the page there is no room for a card.
        if (isPhone) openPanel(id);
      },
      closeReply: (id) => {
        setWriting(null);
        cardElement(id)?.querySelector<HTMLElement>("[data-open]")?.focus({ preventScroll: true });
      },
      notify,
    }),
    [isPhone, notify, openPanel],
  );
  const isWritingThere = board.data?.cards.some((card) => card.id === writing) ?? false;
  useEffect(() => {
    const box = writing !== null && isWritingThere ? cardElement(writing)?.querySelector("textarea") : null;
    box?.focus();
    box?.scrollIntoView({ block: "nearest" });
  }, [writing, isWritingThere]);
  // Opened before its session was known, a card goes on as the session's.
  useServerEvents((event) => {
    if (event.type !== "gone" || event.data.replacedBy === null) return;
    const { id, replacedBy } = event.data;
    if (writing === id) setWriting(replacedBy);
    if (place.card === id) void navigate({ search: (now) => ({ ...now, card: replacedBy }), replace: true });
  });
  useLiveDeliveries();
  const keep = useKeepDelivery();
  const actions = useCardActions({
    onNotice: notify,
    onSnooze: setSnoozing,
    onExplain: (card) => void navigate({ search: (now) => ({ ...now, explain: card.id }) }),
    onReply: (card) => desk.openReply(card.id),
    onPane: (card) => openPanel(card.id),
  });
  usePageTitle("Board");

  if (board.isPending) return <BoardSkeleton />;
  if (board.data === undefined) return <ErrorFace title="The board could not be loaded" error={board.error} onRetry={() => void board.refetch()} />;
  const closePanel = () => {
    setWriting(null);
    void navigate({ search: ({ card: _card, ...rest }) => rest, replace: true });
  };
  const openStart = (open: boolean) => void navigate({ search: ({ start: _start, ...rest }) => (open ? { ...rest, start: "open" } : rest), replace: !open });
  const onStarted = ({ place: where, cardId, prompt: sent, promptProblem }: Started, prompt: string) => {
    openStart(false);
    if (sent !== null) keep(sent);
    if (promptProblem === null) return notify(`Started in tmux, ${where}`);
    notify(`Started, but its prompt was not sent. ${promptProblem}`);
    if (cardId === null) return;
    returnToDraft(cardId, prompt);
    openPanel(cardId);
  };
  const opened = board.data.cards.find((card) => card.id === place.card);
  return (
    <DeskContext value={desk}>
      <h1 className="visually-hidden">Board</h1>
      {board.data.cards.length === 0 ? (
        <NoCards onNew={() => openStart(true)} />
      ) : (
        <Lanes
          cards={board.data.cards}
          titles={titles.data ?? {}}
          writing={isPhone || place.card !== undefined ? null : writing}
          done={place.done === "open"}
          onDone={(open) => void navigate({ search: ({ done: _done, ...rest }) => (open ? { ...rest, done: "open" } : rest), replace: true })}
          onNew={() => openStart(true)}
          onRun={actions.run}
        />
      )}
      {place.start !== undefined && <NewAgent onStarted={onStarted} onClose={() => openStart(false)} />}
      {snoozing !== null && (
        <SnoozeMenu
          onClose={() => setSnoozing(null)}
          onChoose={(snooze) => {
            actions.snooze(snoozing, snooze);
            setSnoozing(null);
          }}
        />
      )}
      {place.card !== undefined && (
        <CardPanel
          card={opened}
          title={opened === undefined ? "Card" : titleOf(opened, titles.data ?? {})}
          writing={writing === place.card}
          onRun={actions.run}
          onSent={() => notify("On its way")}
          onClose={closePanel}
        />
      )}
      {place.explain !== undefined && (
        <Explain id={place.explain} onClose={() => void navigate({ search: ({ explain: _explain, ...rest }) => rest, replace: true })} />
      )}
      <Notice>{notice}</Notice>
    </DeskContext>
  );
}
