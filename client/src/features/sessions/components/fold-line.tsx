import type { ReactNode } from "react";
import { Icon } from "@/ui/icon";
import styles from "./fold-line.module.css";

interface Props {
  open: boolean;
  onToggle: () => void;
  name: string;
  text: string;
  tone?: "bad" | "warn";
  mono?: boolean;
  /** First words of what came of it; they give way to everything else. */
  words?: string | null;
  flags?: readonly string[];
  facts?: ReactNode;
}

/** One line that says what is inside and unfolds it. */
export const FoldLine = ({ open, onToggle, name, text, tone, mono = false, words = null, flags = [], facts }: Props) => (
  <button type="button" className={styles.line} aria-expanded={open} data-tone={tone} onClick={onToggle}>
    <Icon name="chevron" turned={open} />
    <span className={styles.name}>{name}</span>
    <span className={styles.text} data-mono={mono || undefined}>{text}</span>
    {words !== null && <span className={styles.words}>{words}</span>}
    {flags.map((flag) => (
      <span key={flag} className={styles.flag}>{flag}</span>
    ))}
    {facts !== undefined && <span className={styles.facts}>{facts}</span>}
  </button>
);
