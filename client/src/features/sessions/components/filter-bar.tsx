import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keyboard";
import { phone, useMedia } from "@/lib/use-media";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { getFacets } from "../api/list-sessions";
import { countFilters, type Filters } from "../model/filters";
import styles from "./filter-bar.module.css";
import { FilterFields } from "./filter-fields";
import { ViewPicker } from "./view-picker";

interface Props {
  filters: Filters;
  total: number | undefined;
  onChange: (filters: Filters) => void;
  selecting: boolean;
  onSelecting: (selecting: boolean) => void;
}

export function FilterBar({ filters, total, onChange, selecting, onSelecting }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [sheet, setSheet] = useState(false);
  const [text, setText] = useState(filters.q ?? "");
  const isPhone = useMedia(phone);
  const facets = useQuery(getFacets());
  useKeys({ "/": () => input.current?.focus() });

  // Back and forward change the address without this field.
  const [shown, setShown] = useState(filters.q);
  if (shown !== filters.q) {
    setShown(filters.q);
    if ((filters.q ?? "") !== text.trim()) setText(filters.q ?? "");
  }
  useEffect(() => {
    const typed = text.trim();
    if (typed === (filters.q ?? "")) return undefined;
    const { q: _q, ...rest } = filters;
    const timer = setTimeout(() => onChange(typed === "" ? rest : { ...rest, q: typed }), 150);
    return () => clearTimeout(timer);
  }, [text, filters, onChange]);

  const narrowing = countFilters(filters);
  const fields = <FilterFields filters={filters} facets={facets.data} onChange={onChange} />;
  const tags = (
    <Link to="/tags" className={styles.tags} title="Tags, their colours and rules">
      <Icon name="tag" />
      Tags
    </Link>
  );
  return (
    <div className={styles.bar} role="search">
      <input
        ref={input}
        className={styles.text}
        type="search"
        aria-label="Filter by title"
        placeholder="Filter by title  /"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      {isPhone ? (
        <Button icon="filter" onClick={() => setSheet(true)}>
          {narrowing > 0 ? `Filters (${narrowing})` : "Filters"}
        </Button>
      ) : (
        fields
      )}
      {isPhone && <Button icon="check" aria-label="Select" aria-pressed={selecting} onClick={() => onSelecting(!selecting)} />}
      {!isPhone && narrowing + (text === "" ? 0 : 1) > 0 && (
        <Button
          look="quiet"
          icon="close"
          aria-label="Clear the filters"
          onClick={() => {
            setText("");
            onChange({});
          }}
        />
      )}
      {!isPhone && <ViewPicker filters={filters} onChange={onChange} />}
      {!isPhone && tags}
      <span className={styles.total} role="status">
        {total === undefined ? "" : total.toLocaleString("en")}
        <span className="visually-hidden"> sessions</span>
      </span>
      {isPhone && (
        <Dialog label="Filters" shape="sheet" open={sheet} onClose={() => setSheet(false)}>
          <div className={styles.sheet}>
            <ViewPicker filters={filters} onChange={onChange} />
            {fields}
            {tags}
            <Button onClick={() => onChange({})}>Clear all</Button>
            <Button look="main" onClick={() => setSheet(false)}>Show {total === undefined ? "" : total.toLocaleString("en")} sessions</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
