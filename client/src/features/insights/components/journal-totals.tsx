import type { Journal } from "@/api/types";
import { costMeaning, costOf } from "@/lib/cost";
import { formatCount } from "@/lib/format";
import { figuresOf } from "../model/journal";
import styles from "./totals.module.css";

/** The figures of the day, each with that of the day before. */
export function JournalTotals({ journal }: { journal: Journal }) {
  const [cost, before] = [costOf(journal.totals), costOf(journal.dayBefore)];
  const figures = [
    { label: "Cost, API-equivalent", text: cost?.text ?? "–", before: before?.text ?? "nothing", title: cost?.title ?? costMeaning },
    ...figuresOf(journal).map((figure) => ({ label: figure.label, text: formatCount(figure.count), before: formatCount(figure.before), title: figure.label })),
  ];
  return (
    <dl className={styles.totals}>
      {figures.map(({ label, text, before: was, title }) => (
        <div key={label} className={styles.figure} title={title}>
          <dt>{label}<span className={styles.before}>{was} the day before</span></dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
