import styles from "./share-bar.module.css";

/** How much of a whole something is, drawn behind words that say it: 0 to 1. */
export const ShareBar = ({ part }: { part: number }) => (
  <span className={styles.track} aria-hidden="true">
    <span className={styles.fill} style={{ width: `${Math.max(0, Math.min(1, part)) * 100}%` }} />
  </span>
);
