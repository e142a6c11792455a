import { useQuery } from "@tanstack/react-query";
import type { SessionCommit } from "@/api/types";
import { formatAge, formatFull, plural } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { useNow } from "@/lib/use-now";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getCommits } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel-commits.module.css";

const confidences: Record<SessionCommit["confidence"], string> = {
  high: "The session's output shows the hash",
  medium: "Files and time match",
  low: "Only time and repository match, or few of its files: it counts nowhere",
};
const fates: Record<SessionCommit["state"], string> = { shipped: "", reverted: "reverted", replaced: "replaced", lost: "on no branch" };
const shortHash = 7;

/** The commits that are held to come from this session, and why. */
export function CommitsTab() {
  const viewer = useViewer();
  const now = useNow(60_000);
  const commits = useQuery(getCommits(viewer.sessionId));
  if (commits.isPending) return <Skeleton label="Loading commits" rows={5} size="line" />;
  if (commits.isError) return <ErrorFace title="No commits" error={commits.error} onRetry={() => void commits.refetch()} />;
  const { commits: told, total, elsewhere } = commits.data;
  if (told.length + elsewhere.length === 0)
    return <Face title="No commit is known">Commits appear here within a minute after they are made in a folder this session worked in. Repositories that cannot be read are listed by ./muse doctor.</Face>;
  return (
    <div className={styles.commits}>
      <ul className={styles.list} aria-label="Commits">
        {told.map((commit) => (
          <li key={`${commit.repository} ${commit.hash}`} className={styles.commit} data-counted={commit.isCounted}>
            <span className={styles.line}>
              <code className={styles.hash} title={commit.hash}>{commit.hash.slice(0, shortHash)}</code>
              <span className={styles.mark} data-confidence={commit.confidence} title={confidences[commit.confidence]}>{commit.confidence}</span>
              {fates[commit.state] !== "" && (
                <span className={styles.fate} title={commit.by === null ? undefined : `by ${commit.by}`}>
                  {fates[commit.state]}
                  {commit.by !== null && ` by ${commit.by.slice(0, shortHash)}`}
                </span>
              )}
              <time className={styles.age} title={formatFull(commit.atMs)}>{formatAge(commit.atMs, now)}</time>
            </span>
            <span className={styles.subject}>{visibleText(commit.subject)}</span>
            <span className={styles.why}>
              {plural(commit.files, "file")} <span className={styles.added}>+{commit.addedLines}</span> −{commit.removedLines} · {visibleText(commit.why)}
              {!commit.isCounted && "; counted for another session"}
            </span>
          </li>
        ))}
      </ul>
      {total > told.length && <p className={styles.why}>The newest {told.length} of {plural(total, "commit")}.</p>}
      {elsewhere.length > 0 && (
        <section aria-labelledby="commits-elsewhere">
          <h3 id="commits-elsewhere" className={styles.title}>Shown, but in no repository that Muse can read</h3>
          <ul className={styles.list}>
            {elsewhere.map((commit) => (
              <li key={commit.hash} className={styles.commit}>
                <span className={styles.line}>
                  <code className={styles.hash}>{visibleText(commit.hash)}</code>
                  <time className={styles.age} title={formatFull(commit.atMs)}>{formatAge(commit.atMs, now)}</time>
                </span>
                {commit.subject !== null && <span className={styles.subject}>{visibleText(commit.subject)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
