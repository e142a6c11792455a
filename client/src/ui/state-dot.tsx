import styles from "./state-dot.module.css";

interface Props {
  tone: "live" | "quiet" | "missing" | "warn";
  label: string;
  shown?: boolean;
}

/** Shape and words say the state too, so colour is never alone. */
export const StateDot = ({ tone, label, shown = false }: Props) => (
  <span className={styles.state} data-tone={tone} title={label}>
    <span className={styles.dot} aria-hidden="true" />
    <span className={shown ? undefined : "visually-hidden"}>{label}</span>
  </span>
);
