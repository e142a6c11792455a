import styles from "./skeleton.module.css";

interface Props {
  label: string;
  rows: number;
  size?: "row" | "line";
}

/** Rows in the final shape while the real ones are on their way. */
export const Skeleton = ({ label, rows, size = "row" }: Props) => (
  <div className={styles.skeleton} role="status" data-size={size}>
    <span className="visually-hidden">{label}</span>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className={styles.row} aria-hidden="true">
        <span className={styles.bar} data-part="name" data-odd={row % 3 || undefined} />
        <span className={styles.bar} data-part="rest" />
      </div>
    ))}
  </div>
);
