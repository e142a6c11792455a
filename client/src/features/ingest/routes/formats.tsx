import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { agentNames } from "@/api/agent-names";
import type { Drift } from "@/api/types";
import { formatAge, formatCount, formatFull, plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { DataTable } from "@/ui/data-table";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getDrift } from "../api/ingest";
import styles from "./page.module.css";

export default function FormatsRoute() {
  const drift = useQuery(getDrift());
  usePageTitle("Formats");
  if (drift.isPending) return <Skeleton label="Loading the formats" rows={6} />;
  if (drift.isError) return <ErrorFace title="The formats could not be loaded" error={drift.error} onRetry={() => void drift.refetch()} />;
  const { types, totals } = drift.data;
  return (
    <div className={styles.page} tabIndex={0} role="region" aria-label="Formats">
      <h1 className={styles.title}>
        {types.length === 0 ? "Every record was understood" : `${plural(types.length, "kind")} of record not understood`}
      </h1>
      <p className={styles.soft}>
        Agents change what they write from version to version. Records that Muse does not know are kept and can be opened raw; nothing is dropped.
      </p>
      {types.length > 0 && (
        <>
          <h2 className={styles.section}>Not understood</h2>
          <DataTable
            label="Records that were not understood"
            columns={[{ label: "Agent" }, { label: "Version" }, { label: "Record" }, { label: "Count", number: true }, { label: "First seen" }, { label: "Sample" }]}
            rows={types.map((type) => ({
              key: `${type.agent} ${type.version} ${type.type}`,
              cells: [
                agentNames[type.agent],
                type.version,
                <code key="type" className={styles.mono}>{type.type}</code>,
                formatCount(type.count),
                <time key="seen" title={formatFull(type.firstSeenAtMs)}>{formatAge(type.firstSeenAtMs, Date.now())}</time>,
                <Sample key="sample" type={type} />,
              ],
            }))}
          />
        </>
      )}
      <h2 className={styles.section}>Versions seen</h2>
      <DataTable
        label="Versions seen"
        columns={[{ label: "Agent" }, { label: "Version" }, { label: "Lines", number: true }, { label: "Unknown", number: true }, { label: "Malformed", number: true }]}
        rows={totals.map((total) => ({
          key: `${total.agent} ${total.version}`,
          cells: [agentNames[total.agent], total.version ?? "unknown", formatCount(total.lines), formatCount(total.unknown), formatCount(total.malformed)],
        }))}
      />
    </div>
  );
}

const Sample = ({ type }: { type: Drift["types"][number] }) =>
  type.sampleSession === null ? null : (
    <Link
      className={styles.link}
      to="/sessions/$sessionId"
      params={{ sessionId: type.sampleSession }}
      search={{
        detail: "all",
        panel: "raw",
        ...(type.sampleItem === null ? {} : { focus: type.sampleItem }),
        ...(type.sampleAgent === null ? {} : { agent: type.sampleAgent }),
      }}
    >
      open
    </Link>
  );
