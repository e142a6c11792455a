/** What is selected in the list, and where a range begins. */
export interface Selection {
  ids: ReadonlySet<string>;
  last: string | null;
}

export const nothing: Selection = { ids: new Set(), last: null };

export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, last: id };
}

/** Adds all rows from the one that was picked last to this one, whichever stands first. */
export function extend(selection: Selection, rows: readonly { id: string }[], id: string): Selection {
  const from = rows.findIndex((row) => row.id === selection.last);
  const to = rows.findIndex((row) => row.id === id);
  if (from === -1 || to === -1) return toggle(selection, id);
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
  return { ids: new Set([...selection.ids, ...between]), last: id };
}

/** Rows that are gone from the list are no longer selected: what cannot be seen is not changed. */
export function keep(selection: Selection, rows: readonly { id: string }[]): Selection {
  const there = new Set(rows.map((row) => row.id));
  const ids = [...selection.ids].filter((id) => there.has(id));
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}
