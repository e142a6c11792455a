import { Link } from "@tanstack/react-router";
import type { Stats } from "@/api/types";
import { plural } from "@/lib/format";
import styles from "./unpriced.module.css";

/** What is in no sum, of the whole archive, because it cannot be. */
export function LeftOut({ excluded }: { excluded: Stats["excluded"] }) {
  const { absurdResponses, futureResponses } = excluded;
  if (absurdResponses + futureResponses === 0) return null;
  return (
    <section className={styles.notice} aria-labelledby="left-out">
      <h2 id="left-out">Left out of the sums</h2>
      <ul className={styles.models}>
        {absurdResponses > 0 && (
          <li>
            <Link className={styles.model} to="/stats/responses" search={{ excluded: "absurd" }}>{plural(absurdResponses, "response")}</Link> with a count that cannot be right: its tokens are in no sum
          </li>
        )}
        {futureResponses > 0 && (
          <li>
            <Link className={styles.model} to="/stats/responses" search={{ excluded: "future" }}>{plural(futureResponses, "response")}</Link> of the future: a clock was wrong, and they stand on no day
          </li>
        )}
      </ul>
    </section>
  );
}
