import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Note } from "@/api/types";
import { formatFull } from "@/lib/format";
import { Button } from "@/ui/button";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { addNote, dropNote, editNote, listNotes } from "../api/curation";
import { useViewer } from "../hooks/viewer-context";
import { withLinks } from "../model/note-links";
import { NoteEditor } from "./note-editor";
import styles from "./panel-notes.module.css";

const Markdown = lazy(() => import("./markdown").then((module) => ({ default: module.Markdown })));

export function NotesTab({ agentId, onPicked }: { agentId: string | null; onPicked: () => void }) {
  const viewer = useViewer();
  const queryClient = useQueryClient();
  const { queryKey } = listNotes(viewer.sessionId);
  const notes = useQuery(listNotes(viewer.sessionId));
  const [editing, setEditing] = useState<string | null>(null);
  const fresh = () => queryClient.invalidateQueries({ queryKey });
  if (notes.isPending) return <Skeleton label="Loading notes" rows={4} size="line" />;
  if (notes.isError) return <ErrorFace title="No notes" error={notes.error} onRetry={() => void notes.refetch()} />;
  const { notes: own, backlinks, titles } = notes.data;
  const about = viewer.noteOn;
  const show = (note: Note) => {
    if (note.item === null) return;
    if (note.agent === agentId) viewer.jump(note.item, true);
    else viewer.openAgent(note.agent);
    onPicked();
  };
  return (
    <div className={styles.notes}>
      {about !== null && (
        <p className={styles.about}>
          About item {about} <Button look="quiet" icon="close" aria-label="Write about the session instead" onClick={() => viewer.writeNote(null)} />
        </p>
      )}
      <NoteEditor
        key={about}
        label={about === null ? "Note on this session" : `Note on item ${about}`}
        autoFocus={about !== null}
        onSave={async (text) => {
          await addNote(viewer.sessionId, text, about, agentId);
          viewer.writeNote(null);
          await fresh();
        }}
      />
      <ul className={styles.list}>
        {own.map((note) => (
          <li key={note.id} className={styles.note}>
            {note.itemPreview !== null && (
              <button type="button" className={styles.place} disabled={note.item === null} onClick={() => show(note)}>
                {note.item === null ? "No longer there: " : ""}
                {note.itemPreview}
              </button>
            )}
            {editing === note.id ? (
              <NoteEditor
                label="Change the note"
                text={note.text}
                autoFocus
                onSave={(text) => editNote(viewer.sessionId, note.id, text).then(fresh)}
                onClose={() => setEditing(null)}
              />
            ) : (
              <>
                <Suspense fallback={<p>{note.text}</p>}>
                  <Markdown text={withLinks(note.text, titles, location.origin)} />
                </Suspense>
                <div className={styles.foot}>
                  <time className={styles.time}>{formatFull(note.changedAtMs)}</time>
                  <Button look="quiet" onClick={() => setEditing(note.id)}>Change</Button>
                  <Button look="quiet" onClick={() => void dropNote(viewer.sessionId, note.id).then(fresh, fresh)}>Delete</Button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
      {backlinks.length > 0 && (
        <section>
          <h2 className={styles.heading}>Named in notes on</h2>
          <ul className={styles.list}>
            {backlinks.map((back, index) => (
              <li key={index} className={styles.note}>
                <Link to="/sessions/$sessionId" params={{ sessionId: back.sessionId }} search={{ panel: "notes" }} className={styles.back}>
                  {back.title}
                </Link>
                <p className={styles.quote}>{back.text}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
