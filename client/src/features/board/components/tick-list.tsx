import { useState } from "react";
import type { CardDialog } from "@/api/types";
import { Button } from "@/ui/button";
import styles from "./choices.module.css";

interface Props {
  dialog: CardDialog;
  /** What is on its way; null if nothing is. */
  chosen: readonly string[] | null;
  onSend: (...labels: string[]) => void;
}

/** Boxes to be ticked and sent at once. They begin as they stand in the pane. A choice without a box answers alone. */
export function TickList({ dialog, chosen, onSend }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(dialog.choices.filter((c) => c.checked && !c.freeText).map((c) => c.label)));
  const closed = dialog.inPane !== null || chosen !== null;
  const shown = chosen === null ? ticked : new Set(chosen);
  const toggle = (label: string) => setTicked((before) => (before.has(label) ? new Set([...before].filter((l) => l !== label)) : new Set([...before, label])));
  return (
    <>
      <ul className={styles.choices} aria-label={dialog.title}>
        {dialog.choices.map((choice) => (
          <li key={`${choice.number} ${choice.label}`}>
            {choice.checked === null ? (
              <button type="button" className={styles.choice} data-choice={choice.number} disabled={closed} onClick={() => onSend(choice.label)}>
                <span className={styles.number}>{choice.number}</span> <span className={styles.label}>{choice.label}</span>
              </button>
            ) : (
              <button
                type="button"
                role="checkbox"
                aria-checked={choice.freeText ? choice.checked : shown.has(choice.label)}
                className={styles.choice}
                data-choice={choice.number}
                data-chosen={shown.has(choice.label) || undefined}
                disabled={closed || choice.freeText}
                title={choice.freeText ? "Text of your own is written in the pane" : choice.label}
                onClick={() => toggle(choice.label)}
              >
                <span className={styles.box} aria-hidden="true" /> <span className={styles.number}>{choice.number}</span>{" "}
                <span className={styles.label}>{choice.label}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.send}>
        <Button look="main" data-sends="" disabled={closed || ticked.size === 0} onClick={() => onSend(...dialog.choices.map((c) => c.label).filter((label) => ticked.has(label)))}>
          {chosen === null ? "Send" : "Sending…"}
        </Button>
      </div>
    </>
  );
}
