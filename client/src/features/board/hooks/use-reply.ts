import { useState } from "react";
import { ApiProblem } from "@/api/client";
import { reply } from "../api/deliveries";
import { newKey, readDraft, writeDraft } from "../model/drafts";
import { checkReply } from "../model/reply";
import { useDraft } from "./use-draft";
import { useKeepDelivery } from "./use-deliveries";

/** Whether the server has decided: without its word the same try is repeated, and with it a fresh one is made. */
const isDecided = (error: unknown) => error instanceof ApiProblem && error.status !== 0 && error.code !== "http";

/** Writes to one session. The text stays until the server has taken it. */
export function useReply(cardId: string, onSent: () => void) {
  const [text, write] = useDraft(cardId);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const keep = useKeepDelivery();

  const send = async (asCommand: boolean) => {
    if (sending) return;
    const tried = readDraft(cardId)?.tried;
    const key = tried !== undefined && tried.asCommand === asCommand ? tried.key : newKey();
    writeDraft(cardId, { text, tried: { key, asCommand } });
    setSending(true);
    setProblem(null);
    try {
      const delivery = await reply(cardId, { text, asCommand, idempotencyKey: key });
      keep(delivery);
      if (delivery.state === "refused") {
        writeDraft(cardId, { text });
        setProblem(delivery.reason ?? "It was refused.");
      } else {
        writeDraft(cardId, null);
        onSent();
      }
    } catch (error) {
      if (isDecided(error)) writeDraft(cardId, { text });
      setProblem(error instanceof Error ? error.message : "It could not be sent.");
    } finally {
      setSending(false);
    }
  };
  return {
    text,
    write: (next: string) => {
      setProblem(null);
      write(next);
    },
    check: checkReply(text),
    problem,
    sending,
    send: (asCommand: boolean) => void send(asCommand),
  };
}
