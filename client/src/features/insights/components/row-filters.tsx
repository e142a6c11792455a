import { formatDays } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { Icon } from "@/ui/icon";
import { folderOf, nameOf } from "../model/series";
import { fromFilter, withoutFilter, type RowsPlace } from "../model/rows-place";
import styles from "./row-filters.module.css";

interface Props {
  place: RowsPlace;
  zone: string;
  /** How the session is called, if the rows are of one. */
  title: string | null;
  onChange: (place: RowsPlace) => void;
}

/** What narrows the rows, each to be taken away; the zone of the days is always named. */
export function RowFilters({ place, zone, title, onChange }: Props) {
  const { from, to, model, project, agent, session, priced, excluded } = place;
  const days = from === undefined && to === undefined ? null : from !== undefined && to !== undefined ? formatDays(from, to) : (from ?? `up to ${to}`);
  const chips: readonly { name: keyof RowsPlace; text: string | null }[] = [
    { name: "model", text: model === undefined ? null : nameOf("model", fromFilter(model)) },
    { name: "project", text: project === undefined ? null : project === "(none)" ? nameOf("project", null) : folderOf(project) },
    { name: "agent", text: agent === undefined ? null : nameOf("agent", fromFilter(agent)) },
    { name: "session", text: session === undefined ? null : visibleText(title ?? session) },
    { name: "excluded", text: excluded === undefined ? null : excluded === "absurd" ? "a count that cannot be right" : "of the future" },
    { name: "priced", text: priced === undefined ? null : "without a known price" },
  ];
  return (
    <div className={styles.bar}>
      {days === null ? (
        <span className={styles.zone}>All days of {zone}</span>
      ) : (
        <button type="button" className={styles.chip} aria-label={`Take out the days ${days}`} onClick={() => onChange(withoutFilter(withoutFilter(place, "from"), "to"))}>
          {days} <span className={styles.zone}>{zone}</span>
          <Icon name="close" />
        </button>
      )}
      {chips.map(({ name, text }) => text !== null && (
        <button key={name} type="button" className={styles.chip} aria-label={`Take out ${name} ${text}`} onClick={() => onChange(withoutFilter(place, name))}>
          {text}
          <Icon name="close" />
        </button>
      ))}
      <select
        className={styles.field}
        aria-label="Order"
        value={place.sort ?? "recent"}
        onChange={(event) => onChange({ ...withoutFilter(place, "sort"), ...(event.target.value === "cost" ? { sort: "cost" } : {}) })}
      >
        <option value="recent">Latest first</option>
        <option value="cost">Dearest first</option>
      </select>
    </div>
  );
}
