import type { Card } from "@/api/types";
import { useAnswer } from "../hooks/use-answer";
import styles from "./choices.module.css";

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
          {dialog.multiSelect && <p className={styles.note}>This one takes several choices at once: answer it in its pane.</p>}
          <ul className={styles.choices} aria-label={dialog.title}>
            {dialog.choices.map((choice) => (
              <li key={`${choice.number} ${choice.label}`}>
                <button
                  type="button"
                  className={styles.choice}
                  data-choice={choice.number > 0 ? choice.number : undefined}
                  data-chosen={chosen === choice.label || undefined}
                  disabled={dialog.multiSelect || (chosen !== null && chosen !== choice.label)}
                  title={choice.label}
                  onClick={() => choose(choice.label)}
                >
                  <span className={styles.number}>{choice.checked === null ? (choice.number > 0 ? choice.number : "·") : choice.checked ? "☑" : "☐"}</span>{" "}
                  <span className={styles.label}>{choice.label}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
