import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { SessionSummary } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { listTags, type Bulk, type Mark } from "../api/curation";
import { isMarked } from "../hooks/use-marking";
import styles from "./bulk-bar.module.css";
import curate from "./curate-dialog.module.css";
import { TagChip } from "./tag-chip";

interface Props {
  sessions: readonly SessionSummary[];
  onChange: (bulk: Bulk) => void;
  onClear: () => void;
}

const marks: readonly { mark: Mark; icon: "star" | "archive" | "eye"; on: string; off: string }[] = [
  { mark: "star", icon: "star", on: "Star", off: "Unstar" },
  { mark: "archive", icon: "archive", on: "Archive", off: "Unarchive" },
  { mark: "read", icon: "eye", on: "Mark read", off: "Mark unread" },
];

/** What can be done with the selected sessions at once. A mark that all of them have is taken off. */
export function BulkBar({ sessions, onChange, onClear }: Props) {
  const [tagging, setTagging] = useState(false);
  const put = (bulk: Bulk) => {
    setTagging(false);
    onChange(bulk);
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected sessions">
      <span className={styles.count} role="status">{sessions.length} selected</span>
      <Button icon="tag" aria-label="Tag" onClick={() => setTagging(true)}><span className={styles.word}>Tag</span></Button>
      {marks.map(({ mark, icon, on, off }) => {
        const all = sessions.every((session) => isMarked(session, mark));
        const label = all ? off : on;
        return (
          <Button key={mark} icon={icon} aria-label={label} onClick={() => put({ mark, on: !all })}>
            <span className={styles.word}>{label}</span>
          </Button>
        );
      })}
      <Button icon="close" look="quiet" aria-label="Clear the selection" title="Clear (Esc)" onClick={onClear} />
      {tagging && <TagDialog sessions={sessions} onPut={put} onClose={() => setTagging(false)} />}
    </div>
  );
}

function TagDialog({ sessions, onPut, onClose }: { sessions: readonly SessionSummary[]; onPut: (bulk: Bulk) => void; onClose: () => void }) {
  const tags = useQuery(listTags());
  const [name, setName] = useState("");
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onPut({ tag: name.trim(), on: true });
  };
  return (
    <Dialog label={`Tag ${sessions.length} sessions`} open onClose={onClose}>
      <div className={curate.parts}>
        <div className={curate.tags} role="group" aria-label="Tags">
          {(tags.data ?? []).map(({ name: tag }) => {
            const all = sessions.every((session) => session.marks.tags.includes(tag));
            return (
              <Button key={tag} aria-pressed={all} onClick={() => onPut({ tag, on: !all })}>
                <TagChip name={tag} />
              </Button>
            );
          })}
        </div>
        <form className={curate.line} onSubmit={make}>
          <input className={curate.input} aria-label="Another tag" placeholder="Another tag" value={name} maxLength={40} autoFocus onChange={(event) => setName(event.target.value)} />
          <Button type="submit" icon="add" disabled={name.trim() === ""}>Tag</Button>
        </form>
      </div>
    </Dialog>
  );
}
