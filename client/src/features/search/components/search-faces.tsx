import type { SearchProgress } from "@/api/types";
import { formatBytes, formatCount, plural } from "@/lib/format";
import type { ScanEnd, ScanProgress } from "@/api/scan";
import { Face } from "@/ui/face";
import styles from "./search-faces.module.css";

const examples: readonly (readonly [string, string])[] = [
  ["parse line", "items with both words, in any order; parse also finds parseLine"],
  ['"exit code 1"', "these words in a row"],
  ["migrat*", "words that begin like this"],
  ["timeout -test", "without a word"],
  ["tool:Bash is:error", "commands that failed"],
  ["file:Sweep.cs after:2026-01-01", "calls about a file, since a day"],
  ["role:user project:muse", "what you asked in a project"],
];

export const HowToSearch = () => (
  <Face title="Search everything that was said and done">
    <p>Prompts, replies, thinking, commands and their output, edits: of every session, the newest first.</p>
    <dl className={styles.examples}>
      {examples.map(([query, means]) => (
        <div key={query} className={styles.example}>
          <dt>
            <code>{query}</code>
          </dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
  </Face>
);

export const NothingFound = ({ progress }: { progress: SearchProgress | undefined }) => (
  <Face title="Nothing holds these words">
    {progress !== undefined && progress.indexed < progress.items ? (
      <p>
        {formatCount(progress.indexed)} of {plural(progress.items, "item")} are searchable so far; older ones follow by themselves.
      </p>
    ) : (
      <p>Take a word or a filter away, or look for a part of a text: that finds what is no word of its own.</p>
    )}
  </Face>
);

/** How much is searchable, while not everything is. */
export function IndexLine({ progress }: { progress: SearchProgress | undefined }) {
  if (progress === undefined || progress.state === "idle") return null;
  const part = progress.items === 0 ? 0 : Math.floor((100 * progress.indexed) / progress.items);
  const words = {
    waiting: "Searchable as soon as the transcripts are read",
    indexing: `${part} % of ${plural(progress.items, "item")} searchable, the newest first`,
    paused: progress.reason ?? "Indexing pauses",
    idle: "",
  }[progress.state];
  return <p className={styles.line} role="status">{words}</p>;
}

interface ScanLineProps {
  progress: ScanProgress | null;
  end: ScanEnd | null;
  /** All that were found, those that are not shown among them. */
  hits: number;
  atLeast: boolean;
}

/** How far a look through the bytes is, or how it ended and what it did not look at. */
export function ScanLine({ progress, end, hits, atLeast }: ScanLineProps) {
  if (progress === null) return <p className={styles.line} role="status">Looking…</p>;
  const far = `${formatBytes(progress.bytesDone)} of ${formatBytes(progress.bytesTotal)}`;
  const count = `${atLeast ? "at least " : ""}${plural(hits, "hit")}`;
  if (end === null)
    return (
      <p className={styles.line} role="status">
        <progress className={styles.progress} max={Math.max(1, progress.bytesTotal)} value={progress.bytesDone} aria-label="Looked through" /> {far}, {count}
      </p>
    );
  const words = {
    complete: `${count} in ${formatBytes(progress.bytesTotal)}`,
    hits: `The newest, ${count}; looked through ${far}`,
    limit: `The newest, ${count}; looked through ${far}`,
    time: `${count}; stopped after ${far}`,
  }[end.reason];
  const left = [
    end.missing > 0 && `${plural(end.missing, "transcript")} gone from disk, of which only previews were looked at`,
    end.unread > 0 && `${plural(end.unread, "transcript")} could not be read`,
    end.tooLong > 0 && `${plural(end.tooLong, "item")} took too long to tell`,
  ].filter((part) => part !== false);
  return <p className={styles.line} role="status">{[words, ...left].join(". ")}</p>;
}
