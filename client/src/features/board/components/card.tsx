import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { agentNames } from "@/api/agent-names";
import type { Card as CardData } from "@/api/types";
import { costOf, fillOf } from "@/lib/cost";
import { formatCompact, formatCount, formatFull, shortModel } from "@/lib/format";
import { useAge } from "@/lib/use-age";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { useHasDraft } from "../hooks/use-draft";
import { useDesk } from "../hooks/desk-context";
import { cardActions } from "../model/actions";
import { mayAsk } from "../model/dialogs";
import { linesOf, stateOf, verdictOf } from "../model/words";
import styles from "./card.module.css";
import { Choices } from "./choices";
import { CardDelivery } from "./delivery-line";
import { ReplyBox } from "./reply-box";
import { Sparkline } from "./sparkline";

interface Props {
  card: CardData;
  title: string;
  /** Somebody writes to it here. */
  writing?: boolean;
}

/** Draws; what is pressed in it is heard by the board, so that no card is drawn again for another's change. */
export const Card = memo(function Card({ card, title, writing = false }: Props) {
  const desk = useDesk();
  const drafted = useHasDraft(card.id);
  const { tone, word } = stateOf(card);
  const { pinned, muted, snoozed, unseen } = card.marks;
  return (
    <li className={styles.card} data-card={card.id} data-tone={tone} data-asks={mayAsk(card) || undefined} data-quiet={muted || snoozed || undefined}>
      <p className={styles.place} title={card.cwd ?? undefined}>
        <span className={styles.project}>{card.project ?? agentNames[card.agent]}</span>
        <span className={styles.branch}>{card.branch ?? ""}</span>
        <span className={styles.marks}>
          {pinned && <Mark icon="pin" word="pinned" />}
          {muted && <Mark icon="mute" word="muted" />}
          {snoozed && <Mark icon="snooze" word={card.marks.snoozedUntilMs === null ? "snoozed until it changes" : `snoozed until ${formatFull(card.marks.snoozedUntilMs)}`} />}
          {drafted && !writing && <Mark icon="reply" word="draft of a reply" />}
          {unseen && <span className={styles.unseen} title="unread"><span className="visually-hidden">unread</span></span>}
        </span>
      </p>
      <h3 className={styles.title} title={title}>
        {card.sessionId === null ? (
          <button type="button" className={styles.open} data-open="" data-action="explain">{title}</button>
        ) : (
          <Link to="/sessions/$sessionId" params={{ sessionId: card.sessionId }} search={{}} className={styles.open} data-open="">{title}</Link>
        )}
      </h3>
      <p className={styles.state}>
        <span className={styles.chip} title={`${verdictOf(card)}, since ${formatFull(card.sinceMs)}`}>
          {word} · <Age atMs={card.sinceMs} />
        </span>
        <span className={styles.source}>{verdictOf(card)}</span>
      </p>
      <div className={styles.talk}>
        <CardDelivery cardId={card.id} onEdit={() => desk.openReply(card.id)} />
        {linesOf(card, title).map(({ part, text }) => <p key={part} data-part={part} title={text}>{text}</p>)}
      </div>
      <Choices card={card} />
      {writing && <ReplyBox card={card} title={title} onSent={() => desk.closeReply(card.id)} onClose={() => desk.closeReply(card.id)} />}
      <Figures card={card} />
      <div className={styles.actions}>
        {cardActions.filter((candidate) => candidate.fits(card)).map((candidate) => (
          <Button
            key={candidate.name}
            icon={candidate.icon}
            look="quiet"
            data-action={candidate.name}
            data-rare={(candidate.rare && card.pane !== null) || undefined}
            aria-label={`${candidate.label(card)}: ${title}`}
            aria-pressed={candidate.pressed?.(card)}
            title={`${candidate.label(card)} (${candidate.key})`}
          />
        ))}
      </div>
    </li>
  );
});

/** As high as a card. */
export const CardPlace = ({ free = false }: { free?: boolean }) => <li className={styles.card} data-free={free || undefined} aria-hidden="true" />;

function Figures({ card }: { card: CardData }) {
  const rollup = card.rollup;
  if (rollup === null) return <p className={styles.figures}>{agentNames[card.agent]}</p>;
  const tokens = rollup.inputTokens + rollup.outputTokens;
  const fill = fillOf(rollup.contextTokens, rollup.contextWindow);
  const cost = costOf(rollup);
  return (
    <p className={styles.figures}>
      <Sparkline counts={rollup.activity} />
      {fill !== null && <span title={fill.title}>{fill.text}</span>}
      {cost !== null && <span title={cost.title}>{cost.text}</span>}
      {tokens > 0 && <span className={styles.tokens} title={`${formatCount(rollup.inputTokens)} tokens in, ${formatCount(rollup.outputTokens)} out`}>{formatCompact(tokens)} tok</span>}
      <span className={styles.model} title={`${agentNames[card.agent]}, ${rollup.model ?? "model unknown"}`}>{rollup.model === null ? agentNames[card.agent] : shortModel(rollup.model)}</span>
    </p>
  );
}

const Mark = ({ icon, word }: { icon: "pin" | "mute" | "snooze" | "reply"; word: string }) => (
  <span title={word}>
    <Icon name={icon} />
    <span className="visually-hidden">{word}</span>
  </span>
);

/** By itself, so that the seconds draw nothing else again. */
const Age = ({ atMs }: { atMs: number }) => <time className={styles.age}>{useAge(atMs)}</time>;
