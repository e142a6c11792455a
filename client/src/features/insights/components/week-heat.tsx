import { useMemo, useState } from "react";
import type { Insights } from "@/api/types";
import { formatCount } from "@/lib/format";
import { DataTable } from "@/ui/data-table";
import { HeatGrid, HeatLegend } from "@/ui/heat-grid";
import { measuresOfWeek, weekdays, weekLevelsOf, weekOf, type WeekMeasure } from "../model/calendar";
import styles from "./insights-section.module.css";

const question = "When is the work done?";
const names: Record<WeekMeasure, string> = { responses: "Responses", errors: "Errors", commits: "Commits" };
const hourNames = Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour) : ""));

/** The hours of the week, coloured by what happened in them. */
export function WeekHeat({ insights }: { insights: Insights }) {
  const [here, setHere] = useState<number | null>(null);
  const [measure, setMeasure] = useState<WeekMeasure>("responses");
  const { cells, most } = useMemo(() => weekOf(insights.hours, measure), [insights, measure]);
  const shown = here === null ? undefined : cells[here];
  return (
    <section className={styles.section} aria-labelledby="week-question">
      <header className={styles.head}>
        <h2 id="week-question">{question}</h2>
        <fieldset className={styles.choice}>
          <legend className="visually-hidden">Coloured by</legend>
          {measuresOfWeek.map((word) => (
            <label key={word} className={styles.option}>
              <input type="radio" name="week-measure" checked={word === measure} onChange={() => setMeasure(word)} />
              {names[word]}
            </label>
          ))}
        </fieldset>
      </header>
      <p className={styles.words}>{shown?.words ?? `Hours of ${insights.zone}, of all these days together.`}</p>
      <HeatGrid label={`${question} ${names[measure]} by hours of ${insights.zone}.`} rows={weekdays.map((name) => name.slice(0, 3))} columns={hourNames} cells={cells} here={here} onHere={setHere} />
      <HeatLegend levels={weekLevelsOf(most)} />
      <details className={styles.table}>
        <summary>As a table</summary>
        <DataTable
          label={question}
          columns={[{ label: `Hour of ${insights.zone}` }, ...measuresOfWeek.map((word) => ({ label: names[word], number: true }))]}
          rows={insights.hours.map((hour) => ({
            key: `${hour.weekday} ${hour.at}`,
            cells: [`${weekdays[hour.weekday] ?? ""}, ${hour.at}:00`, ...measuresOfWeek.map((word) => formatCount(hour[word]))],
          }))}
        />
      </details>
    </section>
  );
}
