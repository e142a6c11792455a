import { visibleText } from "@/lib/sanitize";
import styles from "./json-tree.module.css";

interface Props {
  value: unknown;
  name?: string;
  depth?: number;
}

/** Longer arrays and objects are cut; the raw line has all of them. */
const mostChildren = 200;

export function JsonTree({ value, name, depth = 0 }: Props) {
  const label = name === undefined ? null : <span className={styles.key}>{name}: </span>;
  if (typeof value !== "object" || value === null) {
    const text = typeof value === "string" ? visibleText(value) : JSON.stringify(value);
    return (
      <div className={styles.leaf}>
        {label}
        <span data-type={typeof value}>{text}</span>
      </div>
    );
  }
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details className={styles.node} open={depth < 2 && entries.length <= 20}>
      <summary>
        {label}
        <span className={styles.size}>{size}</span>
      </summary>
      <div className={styles.children}>
        {entries.slice(0, mostChildren).map(([key, child]) => (
          <JsonTree key={key} name={key} value={child} depth={depth + 1} />
        ))}
        {entries.length > mostChildren && <p className={styles.size}>and {entries.length - mostChildren} more</p>}
      </div>
    </details>
  );
}
