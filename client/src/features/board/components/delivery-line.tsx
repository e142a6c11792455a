import { useState, type ReactNode } from "react";
import type { Delivery } from "@/api/types";
import { useNow } from "@/lib/use-now";
import { Button } from "@/ui/button";
import { cancelDelivery, dismissDelivery, retryDelivery } from "../api/deliveries";
import { useKeepDelivery, useShownDelivery } from "../hooks/use-deliveries";
import { returnToDraft } from "../model/drafts";
import { isOpen, ladder } from "../model/deliveries";
import { deliveryWords } from "../model/words";
import styles from "./delivery-line.module.css";

/** What was taken is said so long. */
const takenForMs = 10_000;

/** What a card shows of what was sent to it, while that is news. */
export function CardDelivery({ cardId, onEdit }: { cardId: string; onEdit: () => void }) {
  const shown = useShownDelivery(cardId);
  if (shown === null) return null;
  const line = <DeliveryLine delivery={shown.delivery} waiting={shown.waiting} onEdit={onEdit} />;
  return shown.delivery.state === "consumed" ? <ForAWhile key={shown.delivery.id}>{line}</ForAWhile> : line;
}

function ForAWhile({ children }: { children: ReactNode }) {
  const [since] = useState(() => Date.now());
  return useNow(2000) - since > takenForMs ? null : children;
}

interface Props {
  delivery: Delivery;
  /** How many more wait behind it. */
  waiting?: number;
  /** Its text stands in the draft now. */
  onEdit: () => void;
}

/** One delivery on its way, and what a person can do about it. */
export function DeliveryLine({ delivery, waiting = 0, onEdit }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const keep = useKeepDelivery();
  const { state, text, kind, reason } = delivery;
  const run = async (command: Promise<Delivery>, then?: (answered: Delivery) => void) => {
    setProblem(null);
    try {
      const answered = await command;
      keep(answered);
      then?.(answered);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "That did not work.");
    }
  };
  const putBack = () => {
    returnToDraft(delivery.cardId, text);
    onEdit();
  };
  const isReply = kind === "reply";
  const toPutAway = (state === "refused" || state === "indeterminate") && delivery.dismissedAtMs === null;
  return (
    <div className={styles.delivery} data-own="" data-state={state} data-delivery={delivery.id}>
      <p className={styles.line} role="status">
        <Ladder delivery={delivery} />
        <span className={styles.state}>{deliveryWords[state]}</span>
        <span className={styles.text} title={text}>{isReply ? text : `answer: ${text.split("\n").join(", ")}`}</span>
        {waiting > 0 && <span className={styles.more}>+{waiting}</span>}
      </p>
      {(problem !== null || (reason !== null && !isOpen(delivery))) && <p className={styles.reason} title={problem ?? reason ?? undefined}>{problem ?? reason}</p>}
      <div className={styles.actions}>
        {state === "queued" && <Button onClick={() => void run(cancelDelivery(delivery.id))}>Cancel</Button>}
        {state === "queued" && isReply && <Button onClick={() => void run(cancelDelivery(delivery.id), putBack)}>Edit</Button>}
        {state === "indeterminate" && isReply && toPutAway && <Button onClick={() => void run(retryDelivery(delivery.id), () => keep({ ...delivery, dismissedAtMs: Date.now() }))}>Send again</Button>}
        {toPutAway && isReply && <Button onClick={() => void run(dismissDelivery(delivery.id), putBack)}>Edit</Button>}
        {toPutAway && <Button onClick={() => void run(dismissDelivery(delivery.id))}>Dismiss</Button>}
      </div>
    </div>
  );
}

/** A step for each rung, lit as far as it came. */
const Ladder = ({ delivery: { state } }: { delivery: Delivery }) => (
  <span className={styles.ladder} aria-hidden="true">
    {ladder.map((step) => (
      <span key={step} data-lit={(ladder.includes(state) && ladder.indexOf(step) <= ladder.indexOf(state)) || undefined} />
    ))}
  </span>
);
