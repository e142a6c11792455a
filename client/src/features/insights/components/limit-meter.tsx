import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNow } from "@/lib/use-now";
import { getLimits } from "../api/get-limits";
import { fullest, lengthOf, levelOf, linesOf, nameOf } from "../model/limits";
import styles from "./limit-meter.module.css";

/** The fullest current windows, in the corner of every page; the figures of all are one click away. */
export function LimitMeter() {
  const now = useNow(60_000);
  const windows = fullest(useQuery(getLimits()).data?.windows ?? []);
  if (windows.length === 0) return null;
  return (
    <Link className={styles.meter} to="/stats" search={{}} aria-label={`Usage windows: ${windows.map((window) => `${nameOf(window)}, ${Math.round(window.usedPercent)} % used`).join("; ")}`}>
      {windows.map((window) => (
        <span key={`${window.agent} ${window.name} ${window.windowMinutes}`} className={styles.window} data-level={levelOf(window)} title={`${nameOf(window)}. ${linesOf(window, now).join(" ")}`}>
          <span className={styles.words}>
            <span>{lengthOf(window.windowMinutes)}</span>
            <span>{Math.round(window.usedPercent)} %</span>
          </span>
          <span className={styles.track}>
            <span className={styles.fill} style={{ width: `${window.usedPercent}%` }} />
          </span>
        </span>
      ))}
    </Link>
  );
}
