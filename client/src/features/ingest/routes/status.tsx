import { useQuery } from "@tanstack/react-query";
import { agentNames } from "@/api/agent-names";
import type { IngestRoot } from "@/api/types";
import { formatBytes, formatCount, formatDuration } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { DataTable } from "@/ui/data-table";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { StateDot } from "@/ui/state-dot";
import { Archive } from "../components/archive";
import { getIngest, getProblemFiles, getUsageAccount } from "../api/ingest";
import styles from "./page.module.css";

const stateWords = { idle: "Everything is read", reading: "Reading", paused: "Paused" } as const;
/** More rows than this say nothing new; the rest is counted. */
const mostFiles = 100;

export default function StatusRoute() {
  const ingest = useQuery(getIngest());
  usePageTitle("Status");
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
      <DataTable
        label="Folders"
        columns={[
          { label: "Agent" },
          { label: "Folder" },
          { label: "Named by" },
          { label: "State" },
          { label: "Files", number: true },
          { label: "Sessions", number: true },
        ]}
        rows={data.roots.map((root) => ({
          key: root.agent + root.path,
          cells: [
            agentNames[root.agent],
            <code key="path" className={styles.mono}>{root.path}</code>,
            root.from,
            <RootState key="state" root={root} />,
            formatCount(root.files),
            formatCount(root.sessions),
          ],
        }))}
      />
      <Archive />
      <UsageAccount />
      <Problems />
    </div>
  );
}

function RootState({ root }: { root: IngestRoot }) {
  if (root.problem !== null) return <StateDot tone="warn" label={root.problem} shown />;
  if (!root.exists) return <StateDot tone="quiet" label="no such folder" shown />;
  return root.readable ? <StateDot tone="live" label="watched" shown /> : <StateDot tone="warn" label="not readable" shown />;
}

function UsageAccount() {
  const account = useQuery(getUsageAccount());
  if (account.data === undefined) return null;
  const { totals, excluded } = account.data;
  return (
    <>
      <h2 className={styles.section}>Tokens and costs</h2>
      <DataTable
        label="Tokens and costs"
        columns={[
          { label: "Responses", number: true },
          { label: "Without a price", number: true },
          { label: "Count cannot be right", number: true },
          { label: "Of the future", number: true },
        ]}
        rows={[
          {
            key: "account",
            cells: [totals.responses, totals.unpricedResponses, excluded.absurdResponses, excluded.futureResponses].map(formatCount),
          },
        ]}
      />
    </>
  );
}

function Problems() {
  const files = useQuery(getProblemFiles());
  if (files.data === undefined || files.data.length === 0) return null;
  return (
    <>
      <h2 className={styles.section}>Files with something left over</h2>
      <p className={styles.soft}>Lines that Muse does not know or cannot read, what follows the last whole line, and files that are gone and were not kept.</p>
      <DataTable
        label="Files with something left over"
        columns={[
          { label: "File" },
          { label: "Lines", number: true },
          { label: "Unknown", number: true },
          { label: "Malformed", number: true },
          { label: "Not read", number: true },
        ]}
        rows={files.data.slice(0, mostFiles).map((file) => ({
          key: file.path,
          cells: [
            <code key="path" className={styles.mono}>{file.path}</code>,
            formatCount(file.lines),
            formatCount(file.unknownLines),
            formatCount(file.malformedLines),
            file.bytes > file.committedBytes ? formatBytes(file.bytes - file.committedBytes) : "0",
          ],
        }))}
      />
      {files.data.length > mostFiles && <p className={styles.soft}>and {formatCount(files.data.length - mostFiles)} more</p>}
    </>
  );
}
