import { useRef, type KeyboardEvent } from "react";
import styles from "./heat-grid.module.css";

export interface HeatCell {
  key: string;
  /** From 0. */
  column: number;
  row: number;
  /** 0 for nothing, 4 for the most. */
  level: number;
  /** What a reader of the screen hears, and what is shown of the cell that is looked at. */
  words: string;
}

interface Props {
  /** The question the grid answers. */
  label: string;
  rows: readonly string[];
  /** Named where there is room; the others are empty. */
  columns: readonly string[];
  /** In the order in which arrows to the right go through them. */
  cells: readonly HeatCell[];
  here: number | null;
  onHere: (index: number | null) => void;
  onOpen?: (index: number) => void;
}

const steps: Record<string, [column: number, row: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** One stop of the keyboard for all cells: arrows go to the neighbours, Enter opens one, Escape goes back to none. */
export function HeatGrid({ label, rows, columns, cells, here, onHere, onOpen }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const isHeld = () => document.activeElement === grid.current;
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const from = cells[here ?? cells.length - 1];
    if (step !== undefined && from !== undefined) {
      const next = here === null ? cells.length - 1 : cells.findIndex((cell) => cell.column === from.column + step[0] && cell.row === from.row + step[1]);
      if (next >= 0) onHere(next);
    } else if (event.key === "Home") onHere(0);
    else if (event.key === "End") onHere(cells.length - 1);
    else if (event.key === "Escape") onHere(null);
    else if (event.key === "Enter" && here !== null && onOpen !== undefined) onOpen(here);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.scroller}>
      <div
        ref={grid}
        className={styles.grid}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, cells.length - 1)}
        aria-valuenow={here ?? Math.max(0, cells.length - 1)}
        aria-valuetext={here === null ? `${cells.length} cells; arrows go from one to the next` : (cells[here]?.words ?? "")}
        onKeyDown={press}
        onPointerLeave={(event) => event.pointerType === "mouse" && !isHeld() && onHere(null)}
      >
        {rows.map((name, row) => (
          <span key={row} className={styles.name} style={{ gridColumn: 1, gridRow: row + 2 }} aria-hidden="true">
            {name}
          </span>
        ))}
        {columns.map((name, column) => name !== "" && (
          <span key={column} className={styles.name} data-column="true" style={{ gridColumn: column + 2, gridRow: 1 }} aria-hidden="true">
            {name}
          </span>
        ))}
        {cells.map((cell, index) => (
          <span
            key={cell.key}
            className={styles.cell}
            data-level={cell.level}
            data-here={index === here || undefined}
            style={{ gridColumn: cell.column + 2, gridRow: cell.row + 2 }}
            onPointerMove={(event) => event.pointerType === "mouse" && !isHeld() && onHere(index)}
            // A finger cannot look without touching: its first tap shows the cell.
            onClick={(event) => (onOpen !== undefined && "pointerType" in event.nativeEvent && event.nativeEvent.pointerType === "mouse" ? onOpen(index) : onHere(index))}
            onDoubleClick={() => onOpen?.(index)}
          />
        ))}
      </div>
    </div>
  );
}

export interface HeatLevel {
  level: number;
  words: string;
}

/** What the levels mean, from less to more. */
export const HeatLegend = ({ levels }: { levels: readonly HeatLevel[] }) => (
  <ul className={styles.legend}>
    {levels.map(({ level, words }) => (
      <li key={level} className={styles.step}>
        <span className={styles.cell} data-level={level} aria-hidden="true" /> {words}
      </li>
    ))}
  </ul>
);
