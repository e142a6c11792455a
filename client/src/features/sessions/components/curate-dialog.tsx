import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { SessionSummary } from "@/api/types";
import { useNotice } from "@/lib/use-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { listTags, rename, setTag, type Mark } from "../api/curation";
import { isMarked, useMarking } from "../hooks/use-marking";
import styles from "./curate-dialog.module.css";
import { TagChip } from "./tag-chip";

interface Props {
  session: SessionSummary;
  onUnread: () => void;
  onClose: () => void;
}

const marks: readonly { mark: Mark; icon: "pin" | "star" | "archive" | "eye"; label: string }[] = [
  { mark: "pin", icon: "pin", label: "Pinned" },
  { mark: "star", icon: "star", label: "Starred" },
  { mark: "archive", icon: "archive", label: "Archived" },
  { mark: "read", icon: "eye", label: "Read" },
];

/** Everything a person can say about a session in one place: its title, its marks, its tags. */
export function CurateDialog({ session, onUnread, onClose }: Props) {
  const [title, setTitle] = useState(session.title);
  const [tag, setNewTag] = useState("");
  const [notice, notify] = useNotice(4000);
  const tags = useQuery(listTags());
  const turn = useMarking(notify);
  const attempt = async (work: Promise<void>, done: string) => {
    try {
      await work;
      notify(done);
      return true;
    } catch (error) {
      notify(error instanceof Error ? error.message : "That could not be stored.");
      return false;
    }
  };
  const saveTitle = (event: FormEvent) => {
    event.preventDefault();
    void attempt(rename(session.id, title), title.trim() === "" ? "The title is the agent's again" : "Title kept");
  };
  const putTag = async (event: FormEvent) => {
    event.preventDefault();
    if (tag.trim() !== "" && (await attempt(setTag(session.id, tag.trim(), true), "Tagged"))) setNewTag("");
  };
  return (
    <Dialog label="Title, marks and tags" shape="box" open onClose={onClose}>
      <div className={styles.parts}>
        <form className={styles.line} onSubmit={saveTitle}>
          <input className={styles.input} aria-label="Title" value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
          <Button type="submit">Rename</Button>
          {session.marks.ownTitle !== null && (
            <Button
              onClick={() => {
                setTitle("");
                void attempt(rename(session.id, ""), "The title is the agent's again");
              }}
            >
              Give back
            </Button>
          )}
        </form>
        <div className={styles.marks} role="group" aria-label="Marks">
          {marks.map(({ mark, icon, label }) => (
            <Button
              key={mark}
              icon={icon}
              aria-pressed={isMarked(session, mark)}
              onClick={() => {
                if (mark === "read") onUnread();
                void turn(session, mark);
              }}
            >
              {label}
            </Button>
          ))}
        </div>
        <div className={styles.tags} role="group" aria-label="Tags">
          {(tags.data ?? []).map(({ name }) => {
            const on = session.marks.tags.includes(name);
            return (
              <Button key={name} aria-pressed={on} onClick={() => void attempt(setTag(session.id, name, !on), on ? "Tag taken off" : "Tagged")}>
                <TagChip name={name} />
              </Button>
            );
          })}
        </div>
        <form className={styles.line} onSubmit={(event) => void putTag(event)}>
          <input className={styles.input} aria-label="Another tag" placeholder="Another tag" value={tag} maxLength={40} onChange={(event) => setNewTag(event.target.value)} />
          <Button type="submit" icon="add" disabled={tag.trim() === ""}>Tag</Button>
        </form>
        <Notice>{notice}</Notice>
      </div>
    </Dialog>
  );
}
