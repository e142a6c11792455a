import type { Item } from "@/api/types";
import { changeCounts, hasChange, outcomeFacts, outcomeWords, pathEnd } from "../model/tool-line";
import { FoldLine } from "./fold-line";
import styles from "./tool-line.module.css";

export function ToolLine({ item, open, onToggle }: { item: Item; open: boolean; onToggle: () => void }) {
  const failed = item.status === "error" || (item.outcome?.exitCode ?? 0) !== 0;
  const change = item.outcome !== null && hasChange(item.outcome) ? changeCounts(item.outcome) : null;
  return (
    <FoldLine
      open={open}
      onToggle={onToggle}
      name={item.name ?? "tool"}
      text={item.outcome?.file ? pathEnd(item.outcome.file) : item.preview}
      words={outcomeWords(item)}
      mono
      {...(failed ? { tone: "bad" as const } : {})}
      flags={item.flags.filter((flag) => flag === "background" || flag === "sidechain" || flag === "void")}
      facts={
        <>
          {change !== null && (
            <span>
              <span className={styles.added}>{change.added}</span> <span className={styles.removed}>{change.removed}</span>
            </span>
          )}
          {outcomeFacts(item).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {item.images > 0 && <span>{item.images === 1 ? "image" : `${item.images} images`}</span>}
        </>
      }
    />
  );
}
