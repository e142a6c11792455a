import { useLayoutEffect, useRef, type ReactNode } from "react";
import { Button } from "./button";
import styles from "./dialog.module.css";

interface Props {
  label: string;
  open: boolean;
  onClose: () => void;
  /** A sheet comes up from the bottom, a box stands near the top, a panel takes all the room there is. */
  shape?: "sheet" | "box" | "panel";
  children: ReactNode;
  titled?: boolean;
}

export function Dialog({ label, open, onClose, shape = "box", titled = true, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the effects of what is inside: opening takes the focus, which they may then give to what is to be typed in.
  useLayoutEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-shape={shape}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={styles.inside}>
        {titled && (
          <header className={styles.head}>
            <h2>{label}</h2>
            <Button icon="close" look="quiet" aria-label="Close" onClick={onClose} />
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
