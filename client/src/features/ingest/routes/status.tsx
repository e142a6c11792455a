import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { formatBytes, formatCount, formatDuration } from "@/lib/format";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { StateDot } from "@/ui/state-dot";
import { getIngest, getProblemFiles } from "../api/ingest";
import styles from "./page.module.css";

const stateWords = { idle: "Everything is read", reading: "Reading", paused: "Paused" } as const;

export default function StatusRoute() {
  const ingest = useQuery(getIngest());
  useEffect(() => void (document.title = "Status · Muse"), []);
  if (ingest.isPending) return <Skeleton label="Loading the status" rows={6} />;
  if (ingest.isError) return <ErrorFace title="The status could not be loaded" error={ingest.error} onRetry={() => void ingest.refetch()} />;
  const { data } = ingest;
  return (
    <div className={styles.page} tabIndex={0} role="region" aria-label="Status">
      <h1 className={styles.title}>{stateWords[data.state]}</h1>
      {data.reason !== null && <p>{data.reason}</p>}
      <progress className={styles.progress} aria-label="Bytes read" max={Math.max(1, data.bytesTotal)} value={data.bytesTotal === 0 ? 1 : data.bytesDone} />
      <p className={styles.soft}>
        {formatBytes(data.bytesDone)} of {formatBytes(data.bytesTotal)}, {formatCount(data.filesDone)} of {formatCount(data.filesTotal)} files
        {data.state === "reading" && `, ${formatBytes(data.bytesPerSecond)} a second`}
        {data.secondsLeft !== null && data.state === "reading" && `, ${formatDuration(data.secondsLeft * 1000)} left`}
      </p>
      <h2 className={styles.section}>Folders</h2>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Folders">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Agent</th>
              <th scope="col">Folder</th>
              <th scope="col">Named by</th>
              <th scope="col">State</th>
              <th scope="col" data-number>Files</th>
              <th scope="col" data-number>Sessions</th>
            </tr>
          </thead>
          <tbody>
            {data.roots.map((root) => (
              <tr key={root.agent + root.path}>
                <td>{root.agent}</td>
                <td className={styles.mono}>{root.path}</td>
                <td>{root.from}</td>
                <td>
                  <StateDot
                    tone={root.problem !== null || (root.exists && !root.readable) ? "warn" : root.exists ? "live" : "quiet"}
                    label={root.problem ?? (root.exists ? (root.readable ? "watched" : "not readable") : "no such folder")}
                    shown
                  />
                </td>
                <td data-number>{formatCount(root.files)}</td>
                <td data-number>{formatCount(root.sessions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Problems />
    </div>
  );
}

function Problems() {
  const files = useQuery(getProblemFiles());
  if (files.data === undefined || files.data.length === 0) return null;
  return (
    <>
      <h2 className={styles.section}>Files with lines that were not understood</h2>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Files with problems">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" data-number>Lines</th>
              <th scope="col" data-number>Unknown</th>
              <th scope="col" data-number>Malformed</th>
              <th scope="col" data-number>Read</th>
            </tr>
          </thead>
          <tbody>
            {files.data.slice(0, 100).map((file) => (
              <tr key={file.path}>
                <td className={styles.mono}>{file.path}</td>
                <td data-number>{formatCount(file.lines)}</td>
                <td data-number>{formatCount(file.unknownLines)}</td>
                <td data-number>{formatCount(file.malformedLines)}</td>
                <td data-number>
                  {formatBytes(file.committedBytes)} of {formatBytes(file.bytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {files.data.length > 100 && <p className={styles.soft}>and {formatCount(files.data.length - 100)} more</p>}
    </>
  );
}
