import { useId, type ReactNode } from "react";
import styles from "./tabs.module.css";

interface Props<Name extends string> {
  label: string;
  /** With a badge of more than 0 the tab shows the number. */
  tabs: readonly { name: Name; label: string; badge?: number }[];
  current: Name;
  onChange: (name: Name) => void;
  children: ReactNode;
}

export function Tabs<Name extends string>({ label, tabs, current, onChange, children }: Props<Name>) {
  const id = useId();
  const move = (by: number) => {
    const next = tabs[(tabs.findIndex((tab) => tab.name === current) + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div
        role="tablist"
        aria-label={label}
        className={styles.list}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") move(1);
          if (event.key === "ArrowLeft") move(-1);
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.name}
            id={`${id}-${tab.name}`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={tab.name === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.name === current ? 0 : -1}
            onClick={() => onChange(tab.name)}
          >
            {tab.label}
            {tab.badge !== undefined && tab.badge > 0 && <span className={styles.badge}>{tab.badge}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className={styles.panel} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
