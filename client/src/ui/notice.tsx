import styles from "./notice.module.css";

/** Words that tell what was done; empty while there is nothing to tell. */
export const Notice = ({ children }: { children: string }) => (
  <p role="status" className={styles.notice} data-shown={children !== "" || undefined}>
    {children}
  </p>
);
