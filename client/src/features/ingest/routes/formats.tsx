import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { formatAge, formatCount, formatFull, plural } from "@/lib/format";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getDrift } from "../api/ingest";
import styles from "./page.module.css";

export default function FormatsRoute() {
  const drift = useQuery(getDrift());
  useEffect(() => void (document.title = "Formats · Muse"), []);
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
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Records not understood">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Agent</th>
                <th scope="col">Version</th>
                <th scope="col">Record</th>
                <th scope="col" data-number>Count</th>
                <th scope="col">First seen</th>
                <th scope="col">Sample</th>
              </tr>
            </thead>
            <tbody>
              {types.map((type) => (
                <tr key={`${type.agent} ${type.version} ${type.type}`}>
                  <td>{type.agent}</td>
                  <td>{type.version ?? "unknown"}</td>
                  <td className={styles.mono}>{type.type}</td>
                  <td data-number>{formatCount(type.count)}</td>
                  <td title={formatFull(type.firstSeenAtMs)}>{formatAge(type.firstSeenAtMs, Date.now())}</td>
                  <td>
                    {type.sampleSession !== null && (
                      <Link
                        className={styles.link}
                        to="/sessions/$sessionId"
                        params={{ sessionId: type.sampleSession }}
                        search={type.sampleItem === null ? {} : { focus: type.sampleItem, detail: "all", panel: "raw" }}
                      >
                        open
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2 className={styles.section}>Versions seen</h2>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Versions seen">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Agent</th>
              <th scope="col">Version</th>
              <th scope="col" data-number>Lines</th>
              <th scope="col" data-number>Unknown</th>
              <th scope="col" data-number>Malformed</th>
            </tr>
          </thead>
          <tbody>
            {totals.map((total) => (
              <tr key={`${total.agent} ${total.version}`}>
                <td>{total.agent}</td>
                <td>{total.version ?? "unknown"}</td>
                <td data-number>{formatCount(total.lines)}</td>
                <td data-number>{formatCount(total.unknown)}</td>
                <td data-number>{formatCount(total.malformed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
