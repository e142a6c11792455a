import type { Card, CardDialog } from "@/api/types";
import { useAnswer } from "../hooks/use-answer";
import styles from "./choices.module.css";
import { TickList } from "./tick-list";

/** Places kept until it is known how many there are. */
const usual = 3;

/** The open dialog's choices, as the agent shows them. `full` says what is asked, too. */
export function Choices({ card, full = false }: { card: Card; full?: boolean }) {
  const { asks, loading, dialog, chosen, problem, choose } = useAnswer(card);
  if (!asks) return null;
  if (loading)
    return (
      <ul className={styles.choices} aria-hidden="true">
        {Array.from({ length: usual }, (_, place) => <li key={place} className={styles.place} />)}
      </ul>
    );
  return (
    <div className={styles.dialog} data-own="">
      {problem !== null && <p role="alert" className={styles.problem}>{problem}</p>}
      {dialog !== null && (
        <>
          <div className={styles.ask} data-full={full || undefined}>
            {dialog.body !== null && <pre className={styles.body}>{dialog.body}</pre>}
            <p className={styles.title}>{dialog.title}</p>
          </div>
          {dialog.step !== null && <p className={styles.note}>Question {dialog.step.number} of {dialog.step.count}</p>}
          {dialog.inPane !== null && <p className={styles.note}>{dialog.inPane}</p>}
          {dialog.multiSelect
            ? <TickList key={dialog.fingerprint} dialog={dialog} chosen={chosen} onSend={choose} />
            : <Buttons dialog={dialog} chosen={chosen} onChoose={choose} />}
        </>
      )}
    </div>
  );
}

/** One of them answers. */
function Buttons({ dialog, chosen, onChoose }: { dialog: CardDialog; chosen: readonly string[] | null; onChoose: (label: string) => void }) {
  return (
    <ul className={styles.choices} aria-label={dialog.title}>
      {dialog.choices.map((choice) => (
        <li key={`${choice.number} ${choice.label}`}>
          <button
            type="button"
            className={styles.choice}
            data-choice={choice.number > 0 ? choice.number : undefined}
            data-chosen={chosen?.includes(choice.label) || undefined}
            disabled={dialog.inPane !== null || choice.freeText || (chosen !== null && !chosen.includes(choice.label))}
            title={choice.freeText ? "Text of your own is written in the pane" : choice.label}
            onClick={() => onChoose(choice.label)}
          >
            <span className={styles.number}>{choice.number > 0 ? choice.number : "·"}</span> <span className={styles.label}>{choice.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
