import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { dropView, listViews, saveView } from "../api/curation";
import { readFilters, toAddress, type Filters } from "../model/filters";
import curate from "./curate-dialog.module.css";
import styles from "./filter-bar.module.css";

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** Filters kept under a name, for all devices; and what to do with the ones that are set now. */
export function ViewPicker({ filters, onChange }: Props) {
  const views = useQuery(listViews());
  const [naming, setNaming] = useState(false);
  const address = toAddress(filters);
  const current = views.data?.find((view) => view.filter === address);
  const has = (views.data?.length ?? 0) > 0;
  if (!has && address === "") return null;
  return (
    <>
      {has && (
        <select
          className={styles.field}
          aria-label="Saved view"
          data-set={current !== undefined || undefined}
          value={current?.name ?? ""}
          onChange={(event) => {
            const chosen = views.data?.find((view) => view.name === event.target.value);
            onChange(chosen === undefined ? {} : readFilters(Object.fromEntries(new URLSearchParams(chosen.filter))));
          }}
        >
          <option value="">Views</option>
          {views.data?.map((view) => (
            <option key={view.name} value={view.name}>
              {view.name}
            </option>
          ))}
        </select>
      )}
      {address !== "" && <Button onClick={() => setNaming(true)}>{current === undefined ? "Save view" : "Change view"}</Button>}
      {naming && <ViewDialog name={current?.name ?? ""} address={address} onClose={() => setNaming(false)} />}
    </>
  );
}

function ViewDialog({ name: before, address, onClose }: { name: string; address: string; onClose: () => void }) {
  const [name, setName] = useState(before);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (work: Promise<void>) => {
    try {
      await work;
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The view could not be stored.");
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    // Under another name it is the same view, called differently.
    void attempt(saveView(name.trim(), address).then(() => (before !== "" && before !== name.trim() ? dropView(before) : undefined)));
  };
  return (
    <Dialog label="Keep this view" open onClose={onClose}>
      <form className={curate.parts} onSubmit={save}>
        <div className={curate.line}>
          <input className={curate.input} aria-label="Name of the view" value={name} maxLength={60} autoFocus onChange={(event) => setName(event.target.value)} />
          <Button look="main" type="submit" disabled={name.trim() === ""}>Save</Button>
          {before !== "" && <Button onClick={() => void attempt(dropView(before))}>Delete</Button>}
        </div>
        {problem !== null && <p role="alert">{problem}</p>}
      </form>
    </Dialog>
  );
}
