import { addDays, dayOf, ownZone } from "./place";

/** Which day is told, of which zone. */
export interface JournalPlace {
  day?: string;
  zone?: string;
}

const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Reads an address; what it does not know is left out. */
export function readJournalPlace(search: Record<string, unknown>): JournalPlace {
  const { day, zone } = search;
  return { ...(isDay(day) ? { day } : {}), ...(typeof zone === "string" && zone !== "" ? { zone } : {}) };
}

export interface JournalDay {
  day: string;
  zone: string;
  today: string;
}

/** The day that a place means, now. */
export function journalDayOf(place: JournalPlace, nowMs: number): JournalDay {
  const zone = place.zone ?? ownZone();
  const today = dayOf(nowMs, zone);
  return { day: place.day ?? today, zone, today };
}

/** The place of another day: today, and one's own zone, are left out of the address. */
export const placeOfDay = (day: string, { zone, today }: JournalDay): JournalPlace => ({
  ...(day === today ? {} : { day }),
  ...(zone === ownZone() ? {} : { zone }),
});

export const dayBefore = (day: string) => addDays(day, -1);
export const dayAfter = (day: string) => addDays(day, 1);
