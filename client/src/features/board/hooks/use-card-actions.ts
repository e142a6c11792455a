import { useQueryClient } from "@tanstack/react-query";
import { resumeCommand } from "@/api/resume-command";
import { resumeInTmux } from "@/api/resume-session";
import type { Card } from "@/api/types";
import { getBoard } from "../api/get-board";
import { muteCard, pinCard, seeCard, snoozeCard, wakeCard } from "../api/mark-card";
import type { ActionName, Snooze } from "../model/actions";
import { applyChange } from "../model/board";

interface Options {
  onNotice: (notice: string) => void;
  onSnooze: (card: Card) => void;
  onExplain: (card: Card) => void;
  onReply: (card: Card) => void;
  onPane: (card: Card) => void;
}

/** What a person does to a card. It shows at once; the stream then tells it as it was stored. */
export function useCardActions({ onNotice, onSnooze, onExplain, onReply, onPane }: Options) {
  const queryClient = useQueryClient();
  const { queryKey } = getBoard();

  const mark = async (card: Card, marks: Partial<Card["marks"]>, command: Promise<void>, done: string) => {
    queryClient.setQueryData(queryKey, (board) => board && applyChange(board, { type: "card", data: { ...card, marks: { ...card.marks, ...marks } } }));
    try {
      await command;
      onNotice(done);
    } catch (error) {
      onNotice(error instanceof Error ? error.message : "That could not be stored.");
      void queryClient.invalidateQueries({ queryKey });
    }
  };
  const copy = async (card: Card) => {
    if (card.nativeId === null) return;
    try {
      await navigator.clipboard.writeText(resumeCommand({ agent: card.agent, nativeId: card.nativeId, projectPath: card.cwd }));
      onNotice("Command copied");
    } catch {
      onNotice("The browser did not let Muse copy");
    }
  };
  const revive = async (card: Card) => {
    if (card.sessionId === null) return;
    try {
      onNotice(`Resumed in tmux, ${(await resumeInTmux(card.sessionId)).place}`);
    } catch (error) {
      onNotice(error instanceof Error ? error.message : "It could not be resumed.");
    }
  };
  const awake = { snoozed: false, snoozedUntilMs: null, snoozedUntilChange: false };

  return {
    snooze: (card: Card, { minutes, label }: Snooze) => {
      const untilMs = minutes === null ? null : Date.now() + minutes * 60_000;
      const words = minutes === null ? "Snoozed until it changes" : `Snoozed for ${label}`;
      void mark(card, { snoozed: true, snoozedUntilMs: untilMs, snoozedUntilChange: true }, snoozeCard(card.id, minutes), words);
    },
    run: (name: ActionName, card: Card) => {
      const { pinned, muted, snoozed } = card.marks;
      switch (name) {
        case "pin":
          return void mark(card, { pinned: !pinned }, pinCard(card.id, !pinned), pinned ? "No longer pinned" : "Pinned");
        case "mute":
          return void mark(card, { muted: !muted }, muteCard(card.id, !muted), muted ? "Calls again" : "Muted: it calls for nobody");
        case "snooze":
          return snoozed ? void mark(card, awake, wakeCard(card.id), "Awake") : onSnooze(card);
        case "seen":
          return void mark(card, { unseen: false }, seeCard(card.id), "Seen");
        case "reply":
          return onReply(card);
        case "pane":
          return onPane(card);
        case "explain":
          return onExplain(card);
        case "revive":
          return void revive(card);
        case "resume":
          return void copy(card);
      }
    },
  };
}
