/** Which responses are listed, as it stands in the address; an empty name means that none is known. */
export interface RowsPlace {
  from?: string;
  to?: string;
  zone?: string;
  model?: string;
  project?: string;
  agent?: string;
  session?: string;
  priced?: "no";
  /** What sums leave out. */
  excluded?: "absurd" | "future";
  sort?: "cost";
}

const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);
const names = ["zone", "model", "project", "agent", "session"] as const;
/** An address leaves empty values out, and a model without a name is not the same as any model. */
const unnamed = "(none)";

/** Reads an address; what it does not know is left out. */
export function readRowsPlace(search: Record<string, unknown>): RowsPlace {
  const place: RowsPlace = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === "string" && value !== "") place[name] = value;
  }
  if (isDay(search["from"])) place.from = search["from"];
  if (isDay(search["to"])) place.to = search["to"];
  if (search["excluded"] === "absurd" || search["excluded"] === "future") place.excluded = search["excluded"];
  if (search["priced"] === "no") place.priced = "no";
  if (search["sort"] === "cost") place.sort = "cost";
  return place;
}

/** The value of a filter for what a group is called. */
export const asFilter = (key: string | null) => key ?? unnamed;

/** The name that a filter stands for; null for those without one. */
export const fromFilter = (value: string) => (value === unnamed ? null : value);

/** The place as the server is asked. */
export const toRowsQuery = (place: RowsPlace): RowsPlace =>
  Object.fromEntries(Object.entries(place).map(([name, value]) => [name, value === unnamed ? "" : value]));

export const withoutFilter = (place: RowsPlace, name: keyof RowsPlace): RowsPlace => {
  const { [name]: _old, ...rest } = place;
  return rest;
};
