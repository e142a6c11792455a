import { useMemo } from "react";
import { ownZone } from "../model/place";
import styles from "./stats-bar.module.css";

/** Whose days are meant. */
export function ZoneField({ label, zone, onChange }: { label: string; zone: string; onChange: (zone: string) => void }) {
  const zones = useMemo(() => [...new Set([ownZone(), "UTC", ...Intl.supportedValuesOf("timeZone")])], []);
  return (
    <label className={styles.day}>
      {label}
      <select className={styles.field} aria-label="Time zone" value={zone} onChange={(event) => onChange(event.target.value)}>
        {!zones.includes(zone) && <option value={zone}>{zone}</option>}
        {zones.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
