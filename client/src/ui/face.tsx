import type { ReactNode } from "react";
import { Button } from "./button";
import styles from "./face.module.css";

/** What a place shows when it has nothing to show: why, and what to do about it. */
export const Face = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <div className={styles.face}>
    <h2 className={styles.title}>{title}</h2>
    {children !== undefined && <div className={styles.text}>{children}</div>}
    {action}
  </div>
);

interface ErrorProps {
  title: string;
  error: unknown;
  onRetry: () => void;
}

export const ErrorFace = ({ title, error, onRetry }: ErrorProps) => (
  <div role="alert">
    <Face title={title} action={<Button look="main" onClick={onRetry}>Try again</Button>}>
      <p>{error instanceof Error ? error.message : "Something went wrong."}</p>
    </Face>
  </div>
);
