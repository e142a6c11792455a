import { useQuery } from "@tanstack/react-query";
import { formatBytes, formatCount, formatFull, plural } from "@/lib/format";
import { DataTable } from "@/ui/data-table";
import { StateDot } from "@/ui/state-dot";
import { getArchive } from "../api/ingest";
import styles from "../routes/page.module.css";

const stateWords = {
  idle: "Everything quiet is kept",
  keeping: "Keeping",
  paused: "Paused",
  off: "Switched off: nothing new is kept",
} as const;

/** What Muse keeps of transcripts beyond the agents' own files. */
export function Archive() {
  const archive = useQuery(getArchive());
  if (archive.data === undefined) return null;
  const { data } = archive;
  const tone = data.state === "paused" ? "warn" : data.state === "keeping" ? "live" : "quiet";
  return (
    <>
      <h2 className={styles.section}>Archive</h2>
      <p className={styles.soft}>
        Agents delete old transcripts. Muse keeps each one once it is quiet, compressed, in <code className={styles.mono}>{data.folder}</code>; sessions
        whose files are gone stay as they are.
      </p>
      <DataTable
        label="Archive"
        columns={[
          { label: "State" },
          { label: "Kept", number: true },
          { label: "Only here", number: true },
          { label: "Still to keep", number: true },
          { label: "Size", number: true },
          { label: "On the disk", number: true },
        ]}
        rows={[
          {
            key: "archive",
            cells: [
              <StateDot key="state" tone={tone} label={data.state === "idle" && data.filesLeft > 0 ? "Waiting" : stateWords[data.state]} shown />,
              formatCount(data.files),
              formatCount(data.onlyHere),
              formatCount(data.filesLeft),
              formatBytes(data.bytes),
              `${formatBytes(data.storedBytes)}${data.bytes > 0 ? ` (${Math.round((100 * data.storedBytes) / data.bytes)} %)` : ""}`,
            ],
          },
        ]}
      />
      {data.reason !== null && <p>{data.reason}</p>}
      {data.warnings.map((warning) => (
        <p key={warning.agent + warning.root}>
          <StateDot tone="warn" label="Warning" shown /> {warning.message}
        </p>
      ))}
      <p className={styles.soft}>
        {limits(data.retention)} {data.dropped > 0 && `${plural(data.dropped, "transcript")} given up so far. `}
        {data.lastAtMs !== null && <>Last look: <time>{formatFull(data.lastAtMs)}</time>.</>}
      </p>
    </>
  );
}

function limits({ days, megabytes }: { days: number | null; megabytes: number | null }): string {
  if (days === null && megabytes === null) return "Nothing is ever given up.";
  const parts = [days !== null && `${plural(days, "day")} after the last change`, megabytes !== null && `beyond ${formatBytes(megabytes * 1_000_000)}, the oldest first`];
  return `Given up ${parts.filter(Boolean).join(", and ")}.`;
}
