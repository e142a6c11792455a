import { useId, useRef, type KeyboardEvent } from "react";
import { formatBytes } from "@/lib/format";
import { Button } from "@/ui/button";
import type { Card } from "@/api/types";
import { useReply } from "../hooks/use-reply";
import { replyHint } from "../model/words";
import styles from "./reply-box.module.css";

interface Props {
  card: Card;
  title: string;
  onSent: () => void;
  /** Escape; the draft stays. */
  onClose: () => void;
}

export function ReplyBox({ card, title, onSent, onClose }: Props) {
  const { text, write, check, problem, sending, send } = useReply(card.id, onSent);
  const command = useRef<HTMLButtonElement>(null);
  const hint = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (check.kind === "text") send(false);
    // Never by the habit of the keys: whether it is a command is asked each time.
    if (check.kind === "command") command.current?.focus();
  };
  return (
    <form className={styles.box} data-own="" aria-label={`Reply: ${title}`} onKeyDown={onKeyDown} onSubmit={(event) => event.preventDefault()}>
      <textarea
        className={styles.text}
        aria-label="Reply"
        aria-describedby={hint}
        aria-invalid={check.kind === "too-long" || problem !== null}
        placeholder="Write to the agent"
        rows={3}
        value={text}
        readOnly={sending}
        onChange={(event) => write(event.target.value)}
      />
      {problem !== null && <p role="alert" className={styles.problem}>Not sent: {problem} The text stays here.</p>}
      {check.kind === "too-long" && (
        <p role="alert" className={styles.problem}>
          {formatBytes(check.bytes)} of at most 64 KB. Put longer text into a file and name the file.
        </p>
      )}
      <div className={styles.foot}>
        <p id={hint} className={styles.hint}>
          {check.kind === "command" ? `“${check.opener}” opens a command. ${check.lines ? "A command is one line, so this goes as text." : "Is it meant as one?"}` : replyHint(card)}
        </p>
        <Button look="quiet" onClick={onClose}>Close</Button>
        {check.kind === "command" ? (
          <>
            <Button disabled={sending} onClick={() => send(false)}>Send as text</Button>
            <Button ref={command} look="main" disabled={sending || check.lines} onClick={() => send(true)}>Send as command</Button>
          </>
        ) : (
          <Button look="main" disabled={sending || check.kind !== "text"} title="Ctrl Enter" onClick={() => send(false)}>
            {sending ? "Sending…" : "Send"}
          </Button>
        )}
      </div>
    </form>
  );
}
