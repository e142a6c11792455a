import type { Outline } from "@/api/types";
import { formatCount } from "@/lib/format";
import { barHeights, ordinalAt } from "../model/minimap";
import styles from "./minimap.module.css";

interface Props {
  outline: Outline;
  first: number | null;
  last: number | null;
  onJump: (ordinal: number) => void;
}

/** The whole session in one strip: how much happened where, where errors are, and which part is on screen. */
export function Minimap({ outline, first, last, onJump }: Props) {
  const bars = barHeights(outline.density);
  const width = bars.length || 1;
  const scale = (ordinal: number) => (ordinal / Math.max(1, outline.total)) * width;
  const here = first ?? 0;
  return (
    <svg
      className={styles.map}
      viewBox={`0 0 ${width} 24`}
      preserveAspectRatio="none"
      role="slider"
      tabIndex={0}
      aria-label="Place in the session"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, outline.total - 1)}
      aria-valuenow={here}
      aria-valuetext={`item ${formatCount(here)} of ${formatCount(outline.total)}`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onJump(ordinalAt((event.clientX - box.left) / box.width, outline.total));
      }}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onJump(ordinalAt((here + step * (outline.total / 20)) / outline.total, outline.total));
      }}
    >
      {first !== null && last !== null && (
        <rect className={styles.here} x={scale(first)} y={0} width={Math.max(0.75, scale(last + 1) - scale(first))} height={24} />
      )}
      {bars.map((height, index) => (
        <rect key={index} className={styles.bar} x={index + 0.1} width={0.8} y={24 - height * 22} height={height * 22} />
      ))}
      {outline.errors.map((count, index) =>
        count === 0 ? null : <rect key={index} className={styles.error} x={index + 0.1} width={0.8} y={20} height={4} />,
      )}
    </svg>
  );
}
