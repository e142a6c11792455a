import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askAgain } from "@/api/ask-again";
import { ApiProblem } from "@/api/client";
import type { Card, CardDialog } from "@/api/types";
import { answer } from "../api/deliveries";
import { getCard } from "../api/get-board";
import { mayAsk } from "../model/dialogs";
import { isOpen } from "../model/deliveries";
import { newKey } from "../model/drafts";
import { useKeepDelivery, useShownDelivery } from "./use-deliveries";

/** A dialog can be followed by another one that no source tells apart from it. */
const lookEveryMs = 5000;

const isDialog = (present: unknown): present is CardDialog => typeof present === "object" && present !== null && "fingerprint" in present && "choices" in present;

/** The dialog that is open in a card's pane, and the way to answer exactly that one. */
export function useAnswer(card: Card) {
  const queryClient = useQueryClient();
  const asks = mayAsk(card);
  const options = getCard(card.id);
  const found = useQuery({ ...options, enabled: asks, refetchInterval: lookEveryMs });
  const shown = useShownDelivery(card.id);
  const keep = useKeepDelivery();
  const [problem, setProblem] = useState<string | null>(null);
  const [pressed, setPressed] = useState<readonly string[] | null>(null);
  const dialog = asks ? (found.data?.dialog ?? null) : null;
  const underWay = shown !== null && isOpen(shown.delivery) && shown.delivery.kind === "answer" && shown.delivery.fingerprint === dialog?.fingerprint;

  const choose = async (labels: string[]) => {
    if (dialog === null || pressed !== null || underWay) return;
    setProblem(null);
    setPressed(labels);
    try {
      const delivery = await answer(card.id, dialog.fingerprint, labels, newKey());
      keep(delivery);
      if (delivery.state === "refused") setProblem(delivery.reason ?? "It was refused.");
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "dialog-changed") {
        const present = isDialog(error.present) ? error.present : null;
        queryClient.setQueryData(options.queryKey, (known) => known && { ...known, dialog: present });
        setProblem(present === null ? "Nothing was pressed: the dialog is gone." : "Nothing was pressed: another dialog is open now, this one.");
      } else setProblem(error instanceof Error ? error.message : "It could not be sent.");
    } finally {
      setPressed(null);
      void askAgain(queryClient, options.queryKey);
    }
  };
  return {
    asks,
    loading: asks && found.isPending,
    dialog,
    chosen: underWay ? shown.delivery.text.split("\n") : pressed,
    problem,
    choose: (...labels: string[]) => void choose(labels),
  };
}
