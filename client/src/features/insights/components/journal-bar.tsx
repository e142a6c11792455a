import { Button } from "@/ui/button";
import { useKeys } from "@/lib/keyboard";
import { journalFile } from "../api/get-journal";
import { dayAfter, dayBefore, placeOfDay, type JournalDay, type JournalPlace } from "../model/journal-place";
import styles from "./stats-bar.module.css";
import { ZoneField } from "./zone-field";

interface Props {
  at: JournalDay;
  onChange: (place: JournalPlace) => void;
}

/** Which day, of which zone; its neighbours by button and key; the day as a file and on paper. */
export function JournalBar({ at, onChange }: Props) {
  const { day, zone, today } = at;
  const isLast = day >= today;
  const go = (to: string) => onChange(placeOfDay(to, at));
  const query = { day, zone };
  useKeys({ ArrowLeft: () => go(dayBefore(day)), ArrowRight: () => !isLast && go(dayAfter(day)), t: () => go(today) });
  return (
    <div className={styles.bar} role="search" aria-label="Day">
      <Button icon="back" aria-label="The day before" onClick={() => go(dayBefore(day))} />
      <input className={styles.field} type="date" aria-label="Day" value={day} onChange={(event) => event.target.value !== "" && go(event.target.value)} />
      <Button icon="chevron" aria-label="The day after" disabled={isLast} onClick={() => go(dayAfter(day))} />
      <Button onClick={() => go(today)} disabled={day === today}>Today</Button>
      <ZoneField label="of" zone={zone} onChange={(next) => onChange(placeOfDay(day, { day, zone: next, today: day === today ? day : "" }))} />
      <span className={styles.files}>
        <button type="button" className={styles.file} onClick={() => window.print()}>Print</button>
        {(["md", "csv", "json"] as const).map((format) => (
          <a key={format} className={styles.file} href={journalFile(query, format)} download={`muse-${day}.${format}`}>
            {format === "md" ? "Markdown" : format.toUpperCase()}
          </a>
        ))}
      </span>
    </div>
  );
}
