import { agentNames } from "@/api/agent-names";
import type { Tag, TagColor, TagRule } from "@/api/types";
import { readFilters, type Filters } from "./filters";

/** A rule as it stands in a form: empty is no condition. */
export type RuleForm = Record<(typeof ruleFields)[number], string>;

export interface TagForm {
  name: string;
  color: TagColor;
  /** Put on by hand only, without one. */
  rule: RuleForm | null;
}

export const ruleFields = ["agent", "project", "model", "branch", "state", "q"] as const;
export const colors: readonly TagColor[] = ["gray", "blue", "orange", "teal", "pink", "olive", "sky"];
export const noRule: RuleForm = { agent: "", project: "", model: "", branch: "", state: "", q: "" };

export function formOf(tag: Tag | null): TagForm {
  const rule = tag?.rule ?? null;
  return {
    name: tag?.name ?? "",
    color: tag?.color ?? "gray",
    rule: rule === null ? null : { agent: rule.agent ?? "", project: rule.project ?? "", model: rule.model ?? "", branch: rule.branch ?? "", state: rule.state ?? "", q: rule.q ?? "" },
  };
}

/** The filter of the list that finds what the rule catches. */
export const filtersOf = (rule: RuleForm): Filters => readFilters({ ...rule, q: rule.q.trim() });

export function ruleOf(form: RuleForm): TagRule {
  const { agent, project, model, branch, state, q } = filtersOf(form);
  return { agent: agent ?? null, project: project ?? null, model: model ?? null, branch: branch ?? null, state: state ?? null, q: q ?? null };
}

export const isEmpty = (rule: RuleForm) => Object.keys(filtersOf(rule)).length === 0;

const words: Record<keyof RuleForm, (value: string) => string> = {
  agent: (value) => Object.entries(agentNames).find(([agent]) => agent === value)?.[1] ?? value,
  project: (value) => `in ${value}`,
  model: (value) => `with ${value}`,
  branch: (value) => `on ${value}`,
  state: (value) => value,
  q: (value) => `“${value}” in the title`,
};

/** What a rule says, in a line. */
export const ruleWords = (rule: RuleForm) =>
  ruleFields
    .filter((field) => rule[field].trim() !== "")
    .map((field) => words[field](rule[field]))
    .join(", ");
