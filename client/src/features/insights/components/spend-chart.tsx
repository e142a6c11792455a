import { useState } from "react";
import { formatExactUsd, formatUsd } from "@/lib/cost";
import { formatCompact, formatCount, formatDays, formatShortDay, plural } from "@/lib/format";
import { BarChart, Swatch } from "@/ui/bar-chart";
import { DataTable } from "@/ui/data-table";
import { addUsage, type Bin, type Unit } from "../model/bins";
import { measures, splits, type Measure, type Split } from "../model/place";
import { scaleEnd, seriesOf, totalOf, valueIn, type Series } from "../model/series";
import styles from "./spend-chart.module.css";

const measureNames: Record<Measure, string> = { cost: "Cost", tokens: "Tokens" };
const splitNames: Record<Split, string> = { model: "Model", project: "Project", agent: "Agent" };
const unitNames: Record<Unit, string> = { day: "day", week: "week", month: "month", year: "year" };

interface Props {
  bins: readonly Bin[];
  unit: Unit;
  zone: string;
  measure: Measure;
  split: Split;
  onChange: (measure: Measure, split: Split) => void;
  onOpen: (days: { from: string; to: string }) => void;
}

/** What each day cost, or used, and of what that is made. */
export function SpendChart({ bins, unit, zone, measure, split, onChange, onOpen }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const here = chosen !== null && chosen < bins.length ? chosen : null;
  const series = seriesOf(bins, split, measure);
  const exact = measure === "cost" ? formatExactUsd : formatCount;
  const short = measure === "cost" ? formatUsd : formatCompact;
  const question = measure === "cost" ? `What did each ${unitNames[unit]} cost?` : `How many tokens did each ${unitNames[unit]} take?`;
  const end = scaleEnd(Math.max(...bins.map((bin) => totalOf(bin.usage, measure))));
  const shown = here === null ? bins : bins.slice(here, here + 1);
  return (
    <section className={styles.section} aria-labelledby="spend-question">
      <header className={styles.head}>
        <h2 id="spend-question">{question}</h2>
        <Choice label="Measure" names={measureNames} all={measures} current={measure} onChange={(next) => onChange(next, split)} />
        <Choice label="Stacked by" names={splitNames} all={splits} current={split} onChange={(next) => onChange(measure, next)} />
      </header>
      <div className={styles.body}>
        <BarChart
          label={`${question} Days of ${zone}.`}
          end={end}
          format={short}
          here={here}
          onHere={setChosen}
          onOpen={(index) => bins[index] !== undefined && onOpen(bins[index])}
          bars={bins.map((bin) => ({
            key: bin.from,
            short: formatShortDay(bin.from, unit),
            words: wordsOf(bin, series, measure, exact),
            parts: series.map((one) => ({ colour: one.colour, value: valueIn(one, bin.parts, measure) })),
          }))}
        />
        <Legend bins={shown} series={series} measure={measure} zone={zone} onOpen={onOpen} exact={exact} />
      </div>
      <details className={styles.table}>
        <summary>As a table</summary>
        <DataTable
          label={question}
          columns={[{ label: `Days of ${zone}` }, { label: "Responses", number: true }, { label: "All", number: true }, ...series.map(({ label }) => ({ label, number: true }))]}
          rows={bins
            .filter((bin) => bin.usage.responses > 0)
            .map((bin) => ({
              key: bin.from,
              cells: [
                formatDays(bin.from, bin.to),
                formatCount(bin.usage.responses),
                exact(totalOf(bin.usage, measure)),
                ...series.map((one) => exact(valueIn(one, bin.parts, measure))),
              ],
            }))}
        />
      </details>
    </section>
  );
}

interface LegendProps {
  bins: readonly Bin[];
  series: readonly Series[];
  measure: Measure;
  zone: string;
  exact: (value: number) => string;
  onOpen: Props["onOpen"];
}

/** The colours with the figures of the bar that is looked at, else of all; always as many lines, so that nothing moves. */
function Legend({ bins, series, measure, zone, exact, onOpen }: LegendProps) {
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return null;
  const usage = bins.map((bin) => bin.usage).reduce(addUsage);
  const parts = bins.flatMap((bin) => bin.parts);
  return (
    <div className={styles.legend}>
      <p className={styles.days}>
        {formatDays(first.from, last.to)} <span className={styles.zone}>{zone}</span>
      </p>
      <ul className={styles.series}>
        <li className={styles.line} data-all="true">
          <span>All</span>
          <span className={styles.value}>{exact(totalOf(usage, measure))}</span>
        </li>
        {series.map((one) => (
          <li key={one.colour} className={styles.line}>
            <span className={styles.name} title={one.label}>
              <Swatch colour={one.colour} /> {one.label}
            </span>
            <span className={styles.value}>{exact(valueIn(one, parts, measure))}</span>
          </li>
        ))}
      </ul>
      <button type="button" className={styles.open} disabled={usage.responses === 0} onClick={() => onOpen({ from: first.from, to: last.to })}>
        Show {plural(usage.responses, "response")}
      </button>
      {usage.unpricedResponses > 0 && measure === "cost" && <p className={styles.zone}>{plural(usage.unpricedResponses, "response")} without a known price</p>}
    </div>
  );
}

interface ChoiceProps<Word extends string> {
  label: string;
  names: Record<Word, string>;
  all: readonly Word[];
  current: Word;
  onChange: (word: Word) => void;
}

const Choice = <Word extends string>({ label, names, all, current, onChange }: ChoiceProps<Word>) => (
  <fieldset className={styles.choice}>
    <legend className={styles.choiceName}>{label}</legend>
    {all.map((word) => (
      <label key={word} className={styles.option}>
        <input type="radio" name={label} checked={word === current} onChange={() => onChange(word)} />
        {names[word]}
      </label>
    ))}
  </fieldset>
);

function wordsOf(bin: Bin, series: readonly Series[], measure: Measure, exact: (value: number) => string): string {
  const parts = series.map((one) => [one.label, valueIn(one, bin.parts, measure)] as const).filter(([, value]) => value > 0);
  const all = exact(totalOf(bin.usage, measure));
  return `${formatDays(bin.from, bin.to)}: ${all}, ${plural(bin.usage.responses, "response")}${parts.map(([label, value]) => `; ${label} ${exact(value)}`).join("")}`;
}
