import { agentNames } from "@/api/agent-names";
import type { Facet, SessionFacets } from "@/api/types";
import { markFilters, sorts, type Filters } from "../model/filters";
import styles from "./filter-bar.module.css";

type Choice = "agent" | "project" | "model" | "branch" | "state" | "tag";

const choices: readonly { name: Choice; label: string; any: string; from: keyof SessionFacets }[] = [
  { name: "project", label: "Project", any: "All projects", from: "projects" },
  { name: "agent", label: "Agent", any: "All agents", from: "agents" },
  { name: "model", label: "Model", any: "All models", from: "models" },
  { name: "branch", label: "Branch", any: "Any branch", from: "branches" },
  { name: "state", label: "State", any: "Any state", from: "states" },
  { name: "tag", label: "Tag", any: "Any tag", from: "tags" },
];

const markNames = { unread: "Unread", starred: "Starred", pinned: "Pinned", archived: "Archived" };
const sortNames = { recent: "Latest first", started: "Newest first", size: "Largest first", prompts: "Most prompts", cost: "Dearest first", title: "By title" };

interface Props {
  filters: Filters;
  facets: SessionFacets | undefined;
  onChange: (filters: Filters) => void;
}

const labelOf = (name: Choice, facet: Facet) =>
  name === "agent" ? (Object.entries(agentNames).find(([agent]) => agent === facet.value)?.[1] ?? facet.value) : (facet.label ?? facet.value);

function withValue(filters: Filters, name: keyof Filters, value: string): Filters {
  const { [name]: _old, ...rest } = filters;
  return value === "" ? rest : { ...rest, [name]: value };
}

export const FilterFields = ({ filters, facets, onChange }: Props) => (
  <>
    {choices.map(({ name, label, any, from }) => {
      const offered = facets?.[from] ?? [];
      const chosen = filters[name];
      const known = chosen === undefined || offered.some((facet) => facet.value === chosen);
      return (
        <select
          key={name}
          className={styles.field}
          aria-label={label}
          data-set={chosen !== undefined || undefined}
          value={chosen ?? ""}
          onChange={(event) => onChange(withValue(filters, name, event.target.value))}
        >
          <option value="">{any}</option>
          {!known && <option value={chosen}>{chosen}</option>}
          {offered.map((facet) => (
            <option key={facet.value} value={facet.value}>
              {labelOf(name, facet)} ({facet.count})
            </option>
          ))}
        </select>
      );
    })}
    <select
      className={styles.field}
      aria-label="Marks"
      data-set={filters.is !== undefined || undefined}
      value={filters.is ?? ""}
      onChange={(event) => onChange(withValue(filters, "is", event.target.value))}
    >
      <option value="">Any mark</option>
      {markFilters.map((mark) => (
        <option key={mark} value={mark}>
          {markNames[mark]}
        </option>
      ))}
    </select>
    {(["from", "to"] as const).map((end) => (
      <label key={end} className={styles.date}>
        {end}
        <input
          className={styles.field}
          type="date"
          data-set={filters[end] !== undefined || undefined}
          value={filters[end] ?? ""}
          onChange={(event) => onChange(withValue(filters, end, event.target.value))}
        />
      </label>
    ))}
    <select
      className={styles.field}
      aria-label="Order"
      value={filters.sort ?? "recent"}
      onChange={(event) => onChange(withValue(filters, "sort", event.target.value === "recent" ? "" : event.target.value))}
    >
      {sorts.map((sort) => (
        <option key={sort} value={sort}>
          {sortNames[sort]}
        </option>
      ))}
    </select>
  </>
);
