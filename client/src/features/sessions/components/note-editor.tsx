import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/ui/button";
import styles from "./panel-notes.module.css";

interface Props {
  label: string;
  text?: string;
  /** Stores it; what it throws is shown, and the text stays. */
  onSave: (text: string) => Promise<unknown>;
  onClose?: () => void;
  autoFocus?: boolean;
}

const longest = 20_000;

export function NoteEditor({ label, text: before = "", onSave, onClose, autoFocus = false }: Props) {
  const [text, setText] = useState(before);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ready = text.trim() !== "" && text.length <= longest && !saving;
  const save = async () => {
    if (!ready) return;
    setSaving(true);
    setProblem(null);
    try {
      await onSave(text);
      setText("");
      onClose?.();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The note could not be stored.");
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    if (event.key === "Escape" && onClose !== undefined) {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <form className={styles.editor} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <textarea
        className={styles.text}
        aria-label={label}
        placeholder="Markdown; [[id]] links a session"
        rows={3}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.length > longest && <p role="alert" className={styles.problem}>A note has at most 20,000 characters.</p>}
      {problem !== null && <p role="alert" className={styles.problem}>{problem}</p>}
      <div className={styles.foot}>
        {onClose !== undefined && <Button onClick={onClose}>Cancel</Button>}
        <Button look="main" type="submit" disabled={!ready}>{saving ? "Saving…" : "Save"}</Button>
      </div>
    </form>
  );
}
