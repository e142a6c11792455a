import { Button } from "./button";
import styles from "./notice.module.css";

/** Words that tell what was done; empty while there is nothing to tell. */
export const Notice = ({ children }: { children: string }) => (
  <p role="status" className={styles.notice} data-shown={children !== "" || undefined}>
    {children}
  </p>
);

/** The same with a way back, for as long as it is shown. */
export const UndoNotice = ({ words, onUndo }: { words: string | undefined; onUndo: () => void }) => (
  <div role="status" className={styles.notice} data-shown={words !== undefined || undefined} data-undo>
    {words !== undefined && (
      <>
        {words}
        <Button onClick={onUndo}>Undo</Button>
      </>
    )}
  </div>
);
