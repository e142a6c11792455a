import { useState } from "react";
import type { InsightsRatio } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatCount } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { phone, useMedia } from "@/lib/use-media";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { folderOf, nameOf } from "../model/series";
import styles from "./insights-section.module.css";

const few = { wide: 8, phone: 4 };

interface Props {
  question: string;
  by: "model" | "project";
  ratios: readonly InsightsRatio[];
}

/** What each model or project shipped for its money; low confidence stands beside and is in no ratio. */
export function RatioTable({ question, by, ratios }: Props) {
  const first = useMedia(phone) ? few.phone : few.wide;
  const [all, setAll] = useState(false);
  return (
    <section className={styles.section} aria-label={question}>
      <h2>{question}</h2>
      <DataTable
        label={question}
        columns={[
          { label: by === "model" ? "Model" : "Project" },
          { label: "Commits for $10", number: true },
          { label: "Commits", number: true },
          { label: "Low, not counted", number: true },
          { label: "Cost", number: true },
        ]}
        rows={(all ? ratios : ratios.slice(0, first)).map((ratio) => {
          const cost = costOf(ratio);
          return {
            key: ratio.key ?? "",
            cells: [
              <span key="name">
                {by === "project" && ratio.key !== null ? folderOf(ratio.key) : nameOf(by, ratio.key)}
                {by === "project" && ratio.key !== null && <span className={styles.path}>{visibleText(ratio.key)}</span>}
              </span>,
              ratio.commitsPerTenDollars === null ? "–" : ratio.commitsPerTenDollars.toFixed(1),
              formatCount(ratio.commits),
              formatCount(ratio.lowCommits),
              <span key="cost" title={cost?.title}>{cost?.text ?? "–"}</span>,
            ],
          };
        })}
      />
      {ratios.length > first && (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? `Show the first ${first}` : `Show all ${formatCount(ratios.length)}`}
        </Button>
      )}
    </section>
  );
}
