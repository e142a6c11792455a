import { plural } from "@/lib/format";
import styles from "./sparkline.module.css";

const height = 8;

/** The last hour in twelve bars, each against the busiest. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  const sum = counts.reduce((total, count) => total + count, 0);
  return (
    <span className={styles.sparkline} title={`${plural(sum, "response")} in the last hour`}>
      <svg className={styles.bars} viewBox={`0 0 ${counts.length * 3} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((count, bar) => {
          const tall = count === 0 ? 0.75 : 1.5 + (count / most) * (height - 1.5);
          return <rect key={bar} x={bar * 3} y={height - tall} width="2" height={tall} data-some={count > 0 || undefined} />;
        })}
      </svg>
      <span className="visually-hidden">{plural(sum, "response")} in the last hour</span>
    </span>
  );
}
