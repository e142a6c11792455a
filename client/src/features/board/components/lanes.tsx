import { useRef, type FocusEvent, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import type { Card, LaneName } from "@/api/types";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keyboard";
import { usePreference } from "@/lib/preferences";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { useCardMoves } from "../hooks/use-card-moves";
import { useLanes } from "../hooks/use-lanes";
import { cardActions, type ActionName } from "../model/actions";
import { callsForAttention } from "../model/board";
import { inOrder } from "../model/lanes";
import { Lane } from "./lane";
import styles from "./lanes.module.css";

interface Props {
  cards: readonly Card[];
  titles: Readonly<Record<string, string>>;
  writing: string | null;
  /** Whether what is done is shown. */
  done: boolean;
  onDone: (open: boolean) => void;
  onNew: () => void;
  onRun: (name: ActionName, card: Card) => void;
}

const empty: Record<LaneName, ReactNode> = {
  "needs-you": (
    <>
      <Icon name="check" />
      Nothing needs you.
    </>
  ),
  working: "No agent works at the moment.",
  idle: "No agent waits for its next prompt.",
  ended: "Nothing ended today.",
};

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

const cardAt = (target: EventTarget | null) => (target instanceof Element ? (target.closest<HTMLElement>("[data-card]")?.dataset["card"] ?? null) : null);

export function Lanes({ cards, titles, writing, done, onDone, onNew, onRun }: Props) {
  const board = useRef<HTMLDivElement>(null);
  const at = useRef(-1);
  const [density, setDensity] = usePreference("density", "roomy");
  const { lanes, point, focus, release } = useLanes(cards);
  const shown = inOrder(done ? lanes : lanes.filter((lane) => lane.name !== "ended"));
  const calls = cards.filter(callsForAttention).length;
  useCardMoves(board, `${density} ${done} ${lanes.map((lane) => [lane.kept, ...lane.cards, ...lane.snoozed].map((card) => (typeof card === "number" ? card : card.id)).join(" ")).join("|")}`);

  const run = (name: string | undefined, id: string | null) => {
    const card = cards.find((candidate) => candidate.id === id);
    const action = cardActions.find((candidate) => candidate.name === name);
    if (card === undefined || action === undefined || !action.fits(card)) return;
    // Whoever sends a card away wants it to go.
    if (action.name === "snooze") release();
    onRun(action.name, card);
  };
  const move = (step: number) => {
    at.current = Math.max(0, Math.min(shown.length - 1, at.current + step));
    const card = board.current?.querySelector(`[data-card="${CSS.escape(shown[at.current]?.id ?? "")}"]`);
    card?.querySelector<HTMLElement>("[data-open]")?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  };
  const answer = (digit: string) =>
    document.activeElement?.closest("[data-card]")?.querySelector<HTMLElement>(`[data-choice="${digit}"]`)?.click();
  useKeys({
    n: onNew,
    ...Object.fromEntries(digits.map((digit) => [digit, () => answer(digit)])),
    j: () => move(1),
    k: () => move(-1),
    ...Object.fromEntries(cardActions.map((action) => [action.key, () => run(action.name, cardAt(document.activeElement))])),
  });

  const onClick = (event: MouseEvent) => {
    const { target } = event;
    const card = target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null;
    // Whoever answers a card wants it to go, too.
    if (target instanceof Element && target.closest("[data-choice]:not([role='checkbox']), [data-sends]") !== null) release();
    // What has hands of its own, as choices and a reply have, is not the card.
    if (!(target instanceof Element) || card === null || target.closest("[data-own]") !== null) return;
    const control = target.closest<HTMLElement>("a, button");
    // The whole card opens, but for who selects text of it.
    if (control === null && document.getSelection()?.isCollapsed !== false) card.querySelector<HTMLElement>("[data-open]")?.click();
    if (control !== null) run(control.dataset["action"] ?? "seen", cardAt(card));
  };
  const onFocus = (event: FocusEvent) => {
    const id = cardAt(event.target);
    focus(id);
    if (id !== null) at.current = shown.findIndex((card) => card.id === id);
  };
  const onBlur = (event: FocusEvent) => {
    if (cardAt(event.relatedTarget) === null) focus(null);
  };
  const onPointerOver = (event: PointerEvent) => point(cardAt(event.target));

  return (
    <div className={styles.page} data-density={density}>
      <div className={styles.bar}>
        <p role="status" className={styles.sum} data-calls={calls > 0 || undefined}>
          {calls === 0 ? "Nothing needs you" : `${plural(calls, "session")} ${calls === 1 ? "needs" : "need"} you`}
        </p>
        <span className={styles.tools}>
          <Button icon="add" title="New agent (n)" onClick={onNew}>New agent</Button>
          <Button icon="dense" look="quiet" aria-pressed={density === "dense"} aria-label="Dense cards" title="Dense cards" onClick={() => setDensity(density === "dense" ? "roomy" : "dense")} />
        </span>
      </div>
      <div
        ref={board}
        className={styles.lanes}
        data-done={done || undefined}
        role="region"
        aria-label="Lanes"
        tabIndex={0}
        onClick={onClick}
        onFocus={onFocus}
        onBlur={onBlur}
        onPointerOver={onPointerOver}
        onPointerLeave={() => point(null)}
      >
        {lanes.map((lane) => (
          <Lane
            key={lane.name}
            lane={lane}
            titles={titles}
            writing={writing}
            empty={empty[lane.name]}
            {...(lane.name === "ended" && { fold: { open: done, toggle: () => onDone(!done) } })}
          />
        ))}
      </div>
    </div>
  );
}
