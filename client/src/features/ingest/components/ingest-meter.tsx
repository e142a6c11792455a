import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatBytes, formatDuration } from "@/lib/format";
import { getIngest } from "../api/ingest";
import styles from "./ingest-meter.module.css";

/** Shown only while there is something to wait for. */
export function IngestMeter() {
  const { data } = useQuery(getIngest());
  if (data === undefined || data.state === "idle") return null;
  const left = data.secondsLeft === null ? "" : ` · ${formatDuration(data.secondsLeft * 1000)} left`;
  const paused = data.state === "paused";
  return (
    <Link to="/status" className={styles.meter} title={data.reason ?? "Reading transcripts"}>
      <progress className={styles.bar} aria-label="Bytes read" max={data.bytesTotal} value={data.bytesDone} />
      <span className={styles.words}>
        {formatBytes(data.bytesDone)} of {formatBytes(data.bytesTotal)}
        {paused ? " · paused" : ` · ${formatBytes(data.bytesPerSecond)}/s${left}`}
      </span>
    </Link>
  );
}
