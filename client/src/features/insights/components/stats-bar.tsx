import { addDays, ownZone, ranges, type Days, type Range, type StatsPlace } from "../model/place";
import styles from "./stats-bar.module.css";
import { ZoneField } from "./zone-field";

const rangeNames: Record<Range, string> = { "7d": "7 days", "30d": "30 days", "90d": "90 days", year: "This year", all: "All time" };

interface Props {
  place: StatsPlace;
  days: Days;
  /** The range that the address leaves out. */
  usual: Range;
  /** Where what is shown is to be had as a file. */
  fileAt: (format: "csv" | "json") => string;
  onChange: (place: StatsPlace) => void;
}

/** Which days, of which zone; the zone is always named. */
export function StatsBar({ place, days, usual, fileAt, onChange }: Props) {
  const own = place.from !== undefined && place.to !== undefined;
  const { range: _range, from: _from, to: _to, ...rest } = place;
  const setDay = (end: "from" | "to", day: string) => {
    if (day === "") return;
    const next = { from: days.from, to: days.to, [end]: day };
    // The other end goes along instead of the field refusing a day.
    onChange({ ...rest, ...(next.from <= next.to ? next : { from: day, to: day }) });
  };
  return (
    <div className={styles.bar} role="search" aria-label="Days">
      <select
        className={styles.field}
        aria-label="Range"
        value={own ? "own" : (place.range ?? usual)}
        onChange={(event) => {
          const range = ranges.find((name) => name === event.target.value);
          if (range !== undefined) onChange({ ...rest, ...(range === usual ? {} : { range }) });
          else onChange({ ...rest, from: days.from < "2000" ? addDays(days.to, -29) : days.from, to: days.to });
        }}
      >
        {ranges.map((range) => (
          <option key={range} value={range}>
            {rangeNames[range]}
          </option>
        ))}
        <option value="own">From … to …</option>
      </select>
      {own &&
        (["from", "to"] as const).map((end) => (
          <label key={end} className={styles.day}>
            {end}
            <input className={styles.field} type="date" value={days[end]} onChange={(event) => setDay(end, event.target.value)} />
          </label>
        ))}
      <ZoneField label="Days of" zone={days.zone} onChange={(zone) => onChange({ ...withoutZone(place), ...(zone === ownZone() ? {} : { zone }) })} />
      <span className={styles.files}>
        <a className={styles.file} href={fileAt("csv")} download={`muse-${days.from}-${days.to}.csv`}>CSV</a>
        <a className={styles.file} href={fileAt("json")} download={`muse-${days.from}-${days.to}.json`}>JSON</a>
      </span>
    </div>
  );
}

function withoutZone({ zone: _zone, ...rest }: StatsPlace): StatsPlace {
  return rest;
}
