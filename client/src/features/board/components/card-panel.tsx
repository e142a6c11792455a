import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from "react";
import type { Card } from "@/api/types";
import { formatFull } from "@/lib/format";
import { useAge } from "@/lib/use-age";
import { useKeyboardInset } from "@/lib/use-keyboard-inset";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Face } from "@/ui/face";
import { getSent } from "../api/deliveries";
import { canReply, cardActions, type ActionName } from "../model/actions";
import { mayAsk } from "../model/dialogs";
import { isOpen } from "../model/deliveries";
import { stateOf, verdictOf } from "../model/words";
import styles from "./card-panel.module.css";
import { Choices } from "./choices";
import { DeliveryLine } from "./delivery-line";
import { PanePreview } from "./pane-preview";
import { ReplyBox } from "./reply-box";

interface Props {
  card: Card | undefined;
  title: string;
  /** Opened to write. */
  writing: boolean;
  onRun: (name: ActionName, card: Card) => void;
  onSent: () => void;
  onClose: () => void;
}

/** One card with all the room: what it asks, its terminal, what was sent to it, and a place to write. */
export function CardPanel({ card, title, writing, onRun, onSent, onClose }: Props) {
  return (
    <Dialog label={title} open shape="panel" onClose={onClose}>
      {card === undefined ? (
        <Face title="There is no such card"><p>It may have ended a while ago.</p></Face>
      ) : (
        <Inside card={card} title={title} writing={writing} onRun={onRun} onSent={onSent} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Inside({ card, title, writing, onRun, onSent }: Props & { card: Card }) {
  const panel = useRef<HTMLDivElement>(null);
  const keyboard = useKeyboardInset();
  const write = () => panel.current?.querySelector("textarea")?.focus();
  useEffect(() => {
    if (writing) write();
    else panel.current?.focus();
  }, [writing]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "r") {
      event.preventDefault();
      write();
    } else if (/^[1-9]$/.test(event.key)) panel.current?.querySelector<HTMLElement>(`[data-choice="${event.key}"]`)?.click();
  };
  return (
    <div ref={panel} className={styles.panel} style={{ "--keyboard": `${keyboard}px` } as CSSProperties} tabIndex={-1} onKeyDown={onKeyDown}>
      <section className={styles.side} aria-label="State">
        <StateLine card={card} />
        {card.detail !== null && !mayAsk(card) && <p className={styles.detail}>{card.detail}</p>}
        <Choices card={card} full />
        <div className={styles.actions}>
          {cardActions.filter(({ name, fits }) => name !== "reply" && name !== "pane" && fits(card)).map((action) => (
            <Button key={action.name} icon={action.icon} look="quiet" aria-pressed={action.pressed?.(card)} title={action.label(card)} aria-label={action.label(card)} onClick={() => onRun(action.name, card)} />
          ))}
        </div>
        <Sent cardId={card.id} onEdit={write} />
      </section>
      <section className={styles.screen} aria-label="Pane">
        <PanePreview id={card.id} />
      </section>
      {canReply(card) && (
        <section className={styles.reply} aria-label="Write">
          <ReplyBox card={card} title={title} onSent={onSent} onClose={() => panel.current?.focus()} />
        </section>
      )}
    </div>
  );
}

function StateLine({ card }: { card: Card }) {
  const { tone, word } = stateOf(card);
  const age = useAge(card.sinceMs);
  return (
    <p className={styles.state}>
      <span className={styles.chip} data-tone={tone}>{word} · <time title={formatFull(card.sinceMs)}>{age}</time></span>
      <span>{card.project}{card.branch !== null && ` · ${card.branch}`}</span>
      <span className={styles.soft}>{verdictOf(card)}</span>
    </p>
  );
}

/** What was sent here: what is under way in sight, the rest folded. */
function Sent({ cardId, onEdit }: { cardId: string; onEdit: () => void }) {
  const { data, error } = useQuery(getSent(cardId));
  if (error !== null) return <p role="alert" className={styles.soft}>What was sent could not be loaded. {error.message}</p>;
  if (data === undefined || data.length === 0) return null;
  const [newest, ...rest] = data;
  const open = rest.filter(isOpen);
  const past = rest.filter((delivery) => !isOpen(delivery));
  return (
    <div className={styles.sent}>
      <h3 className={styles.soft}>Sent</h3>
      {[newest, ...open].map((delivery) => delivery !== undefined && <DeliveryLine key={delivery.id} delivery={delivery} onEdit={onEdit} />)}
      {past.length > 0 && (
        <details>
          <summary className={styles.soft}>{past.length} before</summary>
          {past.map((delivery) => <DeliveryLine key={delivery.id} delivery={delivery} onEdit={onEdit} />)}
        </details>
      )}
    </div>
  );
}
