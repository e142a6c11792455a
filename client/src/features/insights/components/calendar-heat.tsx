import { useMemo, useState } from "react";
import type { Insights } from "@/api/types";
import { formatExactUsd } from "@/lib/cost";
import { formatCount, formatDays } from "@/lib/format";
import { DataTable } from "@/ui/data-table";
import { HeatGrid, HeatLegend } from "@/ui/heat-grid";
import { calendarOf, levelsOf } from "../model/calendar";
import styles from "./insights-section.module.css";

const question = "Which days were dear?";

interface Props {
  insights: Insights;
  /** The first day that is drawn. */
  from: string;
  onOpen: (day: string) => void;
}

/** A calendar of the days, coloured by the quarter of the days' costs each belongs to. */
export function CalendarHeat({ insights, from, onOpen }: Props) {
  const [here, setHere] = useState<number | null>(null);
  const { cells, columns } = useMemo(() => calendarOf(insights.days, from, insights.to), [insights, from]);
  const shown = here === null ? undefined : cells[here];
  return (
    <section className={styles.section} aria-labelledby="calendar-question">
      <h2 id="calendar-question">{question}</h2>
      <p className={styles.words}>
        {shown?.words ?? `Days of ${insights.zone}; a click or Enter opens a day's journal.`}{" "}
        {shown !== undefined && <button type="button" className={styles.open} onClick={() => onOpen(shown.day)}>Its journal</button>}
      </p>
      <HeatGrid
        label={`${question} Days of ${insights.zone}.`}
        rows={["Mon", "", "Wed", "", "Fri", "", "Sun"]}
        columns={columns}
        cells={cells}
        here={here}
        onHere={setHere}
        onOpen={(index) => cells[index] !== undefined && onOpen(cells[index].day)}
      />
      <HeatLegend levels={levelsOf(insights.steps)} />
      <details className={styles.table}>
        <summary>As a table</summary>
        <DataTable
          label={question}
          columns={[{ label: `Days of ${insights.zone}` }, { label: "Cost", number: true }, { label: "Responses", number: true }, { label: "Commits", number: true }]}
          rows={insights.days.map((day) => ({
            key: day.date,
            cells: [
              <button key="day" type="button" className={styles.open} onClick={() => onOpen(day.date)}>{formatDays(day.date, day.date)}</button>,
              formatExactUsd(day.costMicroUsd),
              formatCount(day.responses),
              formatCount(day.commits),
            ],
          }))}
        />
      </details>
    </section>
  );
}
