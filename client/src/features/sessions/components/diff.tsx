import { useState } from "react";
import type { Patch } from "@/api/types";
import { visibleText } from "@/lib/sanitize";
import { Button } from "@/ui/button";
import { numberLines } from "../model/diff-lines";
import { highlightLine } from "../model/highlight";
import styles from "./diff.module.css";

/** Drawn at once; more would hold the page up. */
const firstLines = 400;

export function Diff({ patch }: { patch: Patch }) {
  const [all, setAll] = useState(false);
  const lines = patch.hunks.flatMap((hunk, index) => [
    ...(index === 0 ? [] : [null]),
    ...numberLines(hunk),
  ]);
  const shown = all ? lines : lines.slice(0, firstLines);
  return (
    <figure className={styles.diff}>
      <figcaption className={styles.head}>
        <span className={styles.path}>{patch.path}</span>
        <span className={styles.added}>+{patch.added}</span>
        <span>−{patch.removed}</span>
      </figcaption>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={`Changes in ${patch.path}`}>
        <div className={styles.lines}>
          {shown.map((line, index) =>
            line === null ? (
              <div key={index} className={styles.gap}>⋯</div>
            ) : (
              <div key={index} className={styles.line} data-sign={line.sign}>
                <span className={styles.number}>{line.after ?? line.before}</span>
                <span className={styles.sign}>{line.sign === "-" ? "−" : line.sign}</span>
                <code className={styles.code}>
                  {highlightLine(visibleText(line.text)).map((token, at) => (
                    <span key={at} data-token={token.kind ?? undefined}>{token.text}</span>
                  ))}
                </code>
              </div>
            ),
          )}
        </div>
      </div>
      {shown.length < lines.length && <Button onClick={() => setAll(true)}>Show all {lines.length} lines</Button>}
    </figure>
  );
}
