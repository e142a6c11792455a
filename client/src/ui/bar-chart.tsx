import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import styles from "./bar-chart.module.css";

export interface Bar {
  key: string;
  /** Under the bar, where there is room. */
  short: string;
  /** What a reader of the screen hears: which bar it is, and its exact figures. */
  words: string;
  parts: readonly { colour: number; value: number }[];
}

interface Props {
  /** The question the chart answers. */
  label: string;
  bars: readonly Bar[];
  /** The value at the top. */
  end: number;
  format: (value: number) => string;
  /** The bar whose figures are shown beside the chart; null for all together. */
  here: number | null;
  onHere: (index: number | null) => void;
  onOpen: (index: number) => void;
  size?: "tall" | "low";
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };

/** One stop of the keyboard for all bars: arrows go from bar to bar, Enter opens one, Escape goes back to all together. */
export function BarChart({ label, bars, end, format, here, onHere, onOpen, size = "tall" }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const last = bars.length - 1;
  const under = (event: PointerEvent | { clientX: number }) => {
    const box = plot.current?.getBoundingClientRect();
    return box === undefined || box.width === 0 ? null : Math.max(0, Math.min(last, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  // A bar that was clicked, or gone to by the keyboard, stays while the mouse goes elsewhere.
  const isHeld = () => document.activeElement === plot.current;
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const target = step !== undefined ? Math.max(0, Math.min(last, here === null ? last : here + step)) : event.key === "Home" ? 0 : event.key === "End" ? last : null;
    if (target !== null) onHere(target);
    else if (event.key === "Escape") onHere(null);
    else if (event.key === "Enter" && here !== null) onOpen(here);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.chart} data-size={size}>
      <div className={styles.scale} aria-hidden="true">
        {[1, 0.5, 0].map((part) => (
          <span key={part}>{format(end * part)}</span>
        ))}
      </div>
      <div
        ref={plot}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={here ?? last}
        aria-valuetext={here === null ? `${bars.length} bars; arrows go from one to the next` : (bars[here]?.words ?? "")}
        onKeyDown={press}
        onPointerMove={(event) => event.pointerType === "mouse" && !isHeld() && onHere(under(event))}
        onPointerLeave={(event) => event.pointerType === "mouse" && !isHeld() && onHere(null)}
        onClick={(event) => onHere(under(event))}
        onDoubleClick={(event) => {
          const index = under(event);
          if (index !== null) onOpen(index);
        }}
      >
        {bars.map((bar, index) => (
          <div key={bar.key} className={styles.bar} data-here={index === here || undefined}>
            {bar.parts.map((part) => part.value > 0 && (
              <span key={part.colour} className={styles.part} data-colour={part.colour} style={{ height: `${(100 * part.value) / end}%` }} />
            ))}
          </div>
        ))}
      </div>
      <div className={styles.days} aria-hidden="true">
        {[0, Math.floor(last / 2), last].filter((at, index, all) => all.indexOf(at) === index).map((at) => (
          <span key={at}>{bars[at]?.short}</span>
        ))}
      </div>
    </div>
  );
}

/** The colour of what it stands before. */
export const Swatch = ({ colour }: { colour: number }) => <span className={styles.swatch} data-colour={colour} aria-hidden="true" />;
