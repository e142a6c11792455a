import styles from "./state-dot.module.css";

interface Props {
  tone: "live" | "quiet" | "kept" | "missing" | "warn";
  label: string;
  /** What the label says, for who asks. */
  means?: string;
  shown?: boolean;
}

/** Shape and words say the state too, so colour is never alone. */
export const StateDot = ({ tone, label, means = label, shown = false }: Props) => (
  <span className={styles.state} data-tone={tone} title={means}>
    <span className={styles.dot} aria-hidden="true" />
    <span className={shown ? undefined : "visually-hidden"}>{label}</span>
  </span>
);
