import { agentNames } from "@/api/agent-names";
import type { StatsGroup, StatsPart } from "@/api/types";
import { visibleText } from "@/lib/sanitize";
import type { Bin } from "./bins";
import type { Measure, Split } from "./place";

/** As many colours as can be told apart, also by who sees few; what is left shares one. */
export const colours = 6;

/** What a bar is stacked of. */
export interface Series {
  /** Null where nothing is named. */
  keys: readonly (string | null)[];
  label: string;
  /** 0 to `colours`; the last is that of all others together. */
  colour: number;
}

const none: Record<Split, string> = { model: "No model named", project: "No project known", agent: "No agent known" };

/** A model, project or agent as it is shown. Its name comes from a transcript. */
export function nameOf(split: Split, key: string | null): string {
  if (key === null) return none[split];
  if (split === "agent") return Object.entries(agentNames).find(([agent]) => agent === key)?.[1] ?? visibleText(key);
  return visibleText(key);
}

/** The last folder of a project's path; its whole path stands beside it. */
export const folderOf = (path: string) => visibleText(path.split(/[/\\]/).findLast((part) => part !== "") ?? path);

export const measureOf = (measure: Measure, part: { costMicroUsd: number; tokens: number }) => (measure === "cost" ? part.costMicroUsd : part.tokens);

/** The greatest of all bars together, and one for the rest. */
export function seriesOf(bins: readonly Bin[], split: Split, measure: Measure): Series[] {
  const totals = new Map<string | null, number>();
  for (const part of bins.flatMap((bin) => bin.parts)) totals.set(part.key, (totals.get(part.key) ?? 0) + measureOf(measure, part));
  const order = [...totals].filter(([, total]) => total > 0).sort(([a, x], [b, y]) => y - x || (a ?? "").localeCompare(b ?? ""));
  // A colour for the rest is worth it from two names on.
  const shown = order.length > colours + 1 ? order.slice(0, colours) : order;
  const rest = order.slice(shown.length).map(([key]) => key);
  const label = (key: string | null) => (split === "project" && key !== null ? folderOf(key) : nameOf(split, key));
  return [
    ...shown.map(([key], colour) => ({ keys: [key], label: label(key), colour })),
    ...(rest.length === 0 ? [] : [{ keys: rest, label: `${rest.length} others`, colour: colours }]),
  ];
}

export const valueIn = (series: Series, parts: readonly StatsPart[], measure: Measure) =>
  parts.reduce((sum, part) => sum + (series.keys.includes(part.key) ? measureOf(measure, part) : 0), 0);

/** The rest of a group that stands in no part, such as searches without a model, has no colour of its own. */
export const totalOf = (usage: StatsGroup["usage"], measure: Measure) =>
  measure === "cost" ? usage.costMicroUsd : usage.inputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens + usage.cacheReadTokens + usage.outputTokens;

/** The end of a scale: a round number whose half is round, too. */
export function scaleEnd(greatest: number): number {
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  return [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((end) => end >= greatest) ?? greatest;
}
