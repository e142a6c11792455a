import { useMemo } from "react";
import { parseAnsi } from "../model/ansi";
import styles from "./terminal.module.css";

/** Output of a command, with its colours as classes: the policy allows no inline style, and text stays text. */
export function Terminal({ output }: { output: string }) {
  const runs = useMemo(() => parseAnsi(output), [output]);
  return (
    <pre className={styles.terminal} tabIndex={0} role="group" aria-label="Output">
      {runs.map((run, index) => (
        <span
          key={index}
          data-ink={run.ink ?? undefined}
          data-ground={run.ground ?? undefined}
          data-bold={run.bold || undefined}
          data-dim={run.dim || undefined}
          data-italic={run.italic || undefined}
          data-underline={run.underline || undefined}
        >
          {run.text}
        </span>
      ))}
    </pre>
  );
}
