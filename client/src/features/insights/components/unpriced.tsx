import type { Stats } from "@/api/types";
import { plural } from "@/lib/format";
import { nameOf } from "../model/series";
import styles from "./unpriced.module.css";

interface Props {
  stats: Stats;
  onOpen: (model: string | null) => void;
}

/** What the cost leaves out, and how to give it a price. */
export function Unpriced({ stats, onOpen }: Props) {
  if (stats.unpriced.length === 0) return null;
  return (
    <section className={styles.notice} aria-labelledby="unpriced">
      <h2 id="unpriced">Without a known price: {plural(stats.totals.unpricedResponses, "response")}</h2>
      <ul className={styles.models}>
        {stats.unpriced.map(({ model, responses }) => (
          <li key={model}>
            <button type="button" className={styles.model} onClick={() => onOpen(model)}>
              {nameOf("model", model)}
            </button>{" "}
            {plural(responses, "response")}
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        They are in every count of tokens and in no cost. Give a model a price in <code>config.json</code>, under <code>insights.prices.models</code>; after the next start it holds for all history.
      </p>
    </section>
  );
}
