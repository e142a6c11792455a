import { useState, type ReactNode } from "react";
import { plural } from "@/lib/format";
import { Button } from "@/ui/button";
import { titleOf, laneWords } from "../model/words";
import type { Lane as LaneData } from "../model/lanes";
import { Card, CardPlace } from "./card";
import styles from "./lane.module.css";

interface Props {
  lane: LaneData;
  titles: Readonly<Record<string, string>>;
  /** The card that somebody writes to. */
  writing: string | null;
  /** What an empty lane says. */
  empty: ReactNode;
  /** For a lane that can be folded. */
  fold?: { open: boolean; toggle: () => void };
}

export function Lane({ lane, titles, writing, empty, fold }: Props) {
  const [sleepers, setSleepers] = useState(false);
  const { name, cards, snoozed, kept } = lane;
  const count = cards.length + snoozed.length;
  const open = fold?.open ?? true;
  const list = (shown: LaneData["cards"], label: string, before = 0) => (
    <ul className={styles.cards} aria-label={label}>
      {Array.from({ length: before }, (_, place) => <CardPlace key={place} free />)}
      {shown.map((card) => <Card key={card.id} card={card} title={titleOf(card, titles)} writing={card.id === writing} />)}
    </ul>
  );
  return (
    <section className={styles.lane} data-lane={name} data-folded={!open || undefined} aria-labelledby={`lane-${name}`}>
      <div className={styles.head}>
        <h2 id={`lane-${name}`} className={styles.name} data-calls={(name === "needs-you" && cards.length > 0) || undefined}>
          {laneWords[name]} <span className={styles.count}>{count}</span>
        </h2>
        {fold !== undefined && count > 0 && (
          <Button icon="chevron" look="quiet" aria-expanded={open} aria-label={`${open ? "Fold" : "Show"} ${laneWords[name]}`} onClick={fold.toggle} />
        )}
      </div>
      {open && cards.length === 0 && <div className={styles.empty}>{empty}</div>}
      {open && cards.length > 0 && list(cards, laneWords[name], kept)}
      {open && snoozed.length > 0 && (
        <>
          <Button icon="snooze" look="quiet" aria-expanded={sleepers} onClick={() => setSleepers(!sleepers)}>
            {plural(snoozed.length, "snoozed", "snoozed")}
          </Button>
          {sleepers && list(snoozed, `${laneWords[name]}, snoozed`)}
        </>
      )}
    </section>
  );
}
