import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type FormEvent } from "react";
import { agentNames } from "@/api/agent-names";
import { ApiProblem } from "@/api/client";
import type { Tag } from "@/api/types";
import { plural } from "@/lib/format";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { saveTag } from "../api/curation";
import { countSessions, getFacets } from "../api/list-sessions";
import { colors, filtersOf, formOf, isEmpty, noRule, ruleOf, type RuleForm } from "../model/tag-rule";
import styles from "./tag-editor.module.css";

interface Props {
  /** Null for a new one. */
  tag: Tag | null;
  names: readonly string[];
  onClose: () => void;
}

type Faults = Readonly<Record<string, readonly string[]>>;

const selects = [
  { field: "agent", label: "Agent", any: "Any agent", from: "agents" },
  { field: "project", label: "Project", any: "Any project", from: "projects" },
  { field: "model", label: "Model", any: "Any model", from: "models" },
  { field: "branch", label: "Branch", any: "Any branch", from: "branches" },
  { field: "state", label: "State", any: "Any state", from: "states" },
] as const;

const Fault = ({ id, messages }: { id: string; messages: readonly string[] | undefined }) =>
  messages === undefined ? null : <p id={id} role="alert" className={styles.fault}>{messages.join(" ")}</p>;

/** A tag's name, its colour, and the rule that puts it on by itself. */
export function TagEditor({ tag, names, onClose }: Props) {
  const [form, setForm] = useState(() => formOf(tag));
  const [faults, setFaults] = useState<Faults>({});
  const change = (part: Partial<typeof form>) => {
    setForm((now) => ({ ...now, ...part }));
    setFaults({});
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const name = form.name.trim().toLowerCase();
    if (tag === null && names.includes(name)) {
      setFaults({ name: [`There is a tag “${name}” already. Give another name, or change that one.`] });
      return;
    }
    try {
      // A name that cannot be one is told by the server, which needs one in the address.
      await saveTag(tag?.name ?? (name === "" ? "-" : name), { name, color: form.color, rule: form.rule === null ? null : ruleOf(form.rule) });
      onClose();
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.fields : {};
      const message = error instanceof Error ? error.message : "The tag could not be stored.";
      const isTaken = error instanceof ApiProblem && error.code === "tag-taken";
      setFaults(isTaken ? { name: [message] } : Object.keys(fields).length > 0 ? fields : { other: [message] });
    }
  };
  const name = faults["name"] ?? faults["tag"];
  return (
    <Dialog label={tag === null ? "New tag" : `Tag ${tag.name}`} open onClose={onClose}>
      <form className={styles.parts} onSubmit={(event) => void save(event)} noValidate>
        <label className={styles.field}>
          <span>Name</span>
          <input
            className={styles.input}
            value={form.name}
            maxLength={40}
            autoFocus
            aria-invalid={name !== undefined}
            aria-describedby="tag-name-fault"
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
        <Fault id="tag-name-fault" messages={name} />
        <fieldset className={styles.colors}>
          <legend>Colour</legend>
          {colors.map((color) => (
            <label key={color} className={styles.color} data-color={color}>
              <input type="radio" name="color" checked={form.color === color} onChange={() => change({ color })} />
              <span>{color}</span>
            </label>
          ))}
        </fieldset>
        <Fault id="tag-color-fault" messages={faults["color"]} />
        <label className={styles.check}>
          <input type="checkbox" checked={form.rule !== null} onChange={(event) => change({ rule: event.target.checked ? noRule : null })} />
          <span>Put it on by itself where all of this holds</span>
        </label>
        {form.rule !== null && <RuleFields rule={form.rule} invalid={faults["rule"] !== undefined} onChange={(rule) => change({ rule })} />}
        <Fault id="tag-rule-fault" messages={faults["rule"]} />
        <Fault id="tag-fault" messages={faults["other"]} />
        <Button look="main" type="submit">Save</Button>
      </form>
    </Dialog>
  );
}

function RuleFields({ rule, invalid, onChange }: { rule: RuleForm; invalid: boolean; onChange: (rule: RuleForm) => void }) {
  const facets = useQuery(getFacets());
  const asked = useDeferredValue(rule);
  const count = useQuery({ ...countSessions(filtersOf(asked)), enabled: !isEmpty(asked) });
  return (
    <fieldset className={styles.rule} aria-describedby="tag-rule-fault">
      <legend className="visually-hidden">Rule</legend>
      {selects.map(({ field, label, any, from }) => {
        const offered = facets.data?.[from] ?? [];
        const chosen = rule[field];
        return (
          <label key={field} className={styles.field}>
            <span>{label}</span>
            <select className={styles.input} value={chosen} aria-invalid={invalid} onChange={(event) => onChange({ ...rule, [field]: event.target.value })}>
              <option value="">{any}</option>
              {chosen !== "" && !offered.some((facet) => facet.value === chosen) && <option value={chosen}>{chosen}</option>}
              {offered.map((facet) => (
                <option key={facet.value} value={facet.value}>
                  {field === "agent" ? (Object.entries(agentNames).find(([agent]) => agent === facet.value)?.[1] ?? facet.value) : (facet.label ?? facet.value)}
                </option>
              ))}
            </select>
          </label>
        );
      })}
      <label className={styles.field}>
        <span>Title</span>
        <input className={styles.input} value={rule.q} maxLength={200} placeholder="Part of the title" aria-invalid={invalid} onChange={(event) => onChange({ ...rule, q: event.target.value })} />
      </label>
      <p role="status" className={styles.count}>
        {isEmpty(rule) ? "Give at least one condition." : count.data === undefined ? "Counting…" : `Catches ${plural(count.data, "session")} now.`}
      </p>
    </fieldset>
  );
}
