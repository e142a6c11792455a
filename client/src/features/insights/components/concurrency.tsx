import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Concurrency as Told } from "@/api/types";
import { formatCount, formatDays, formatTimeIn, plural } from "@/lib/format";
import { BarChart } from "@/ui/bar-chart";
import { DataTable } from "@/ui/data-table";
import { concurrencyFile, getConcurrency } from "../api/get-concurrency";
import type { Days } from "../model/place";
import styles from "./insights-section.module.css";

const question = "How many agents worked at once?";
const hours = Array.from({ length: 24 }, (_, at) => at);
const none: Told["totals"] = { agentMinutes: 0, minutes: 0, most: 0, mean: 0 };

const wordsOf = (work: Told["totals"]) =>
  work.most === 0 ? "none" : `${work.most} at most, ${work.mean.toFixed(1)} on average while any worked, ${plural(work.agentMinutes, "agent-minute")}`;

/** By the hours of the day, of all the days together; the days are the table. */
export function Concurrency({ days }: { days: Days }) {
  const told = useQuery(getConcurrency(days)).data;
  const [here, setHere] = useState<number | null>(null);
  if (told === undefined || told.totals.most === 0) return null;
  const byHour = hours.map((at) => told.hours.find((hour) => hour.at === at)?.work ?? none);
  const shown = here === null ? undefined : byHour[here];
  return (
    <section className={styles.section} aria-labelledby="concurrency-question">
      <h2 id="concurrency-question">{question}</h2>
      <p className={styles.words}>
        {here === null || shown === undefined
          ? `${wordsOf(told.totals)}${told.mostAtMs === null ? "" : `; most on ${formatTimeIn(told.mostAtMs, told.zone)}`}. By hours of ${told.zone}.`
          : `${here}:00 to ${here + 1}:00: ${wordsOf(shown)}`}
      </p>
      <BarChart
        size="low"
        label={`${question} Hours of ${told.zone}.`}
        end={told.totals.most}
        format={(value) => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1))}
        here={here}
        onHere={setHere}
        onOpen={setHere}
        bars={byHour.map((work, at) => ({ key: String(at), short: String(at), words: `${at}:00 to ${at + 1}:00: ${wordsOf(work)}`, parts: [{ colour: 0, value: work.most }] }))}
      />
      <details className={styles.table}>
        <summary>The days as a table</summary>
        <DataTable
          label={question}
          columns={[{ label: `Days of ${told.zone}` }, { label: "At most", number: true }, { label: "On average", number: true }, { label: "Agent-minutes", number: true }, { label: "Minutes with any", number: true }]}
          rows={told.days.map(({ date, work }) => ({
            key: date,
            cells: [formatDays(date, date), formatCount(work.most), work.mean.toFixed(1), formatCount(work.agentMinutes), formatCount(work.minutes)],
          }))}
        />
        <a className={styles.open} href={concurrencyFile(days)} download={`muse-agents-${days.from}-${days.to}.csv`}>CSV of the days</a>
      </details>
      <p className={styles.note}>A minute counts for an agent if it wrote something in it or a call of it ran. Subagents are agents.</p>
    </section>
  );
}
