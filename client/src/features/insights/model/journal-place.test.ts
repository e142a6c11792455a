import { describe, expect, it } from "vitest";
import { dayAfter, dayBefore, journalDayOf, placeOfDay, readJournalPlace } from "./journal-place";
import { ownZone } from "./place";

const late = Date.parse("2026-06-15T20:00:00Z");

describe("the day of the journal", () => {
  it("is today of the zone if the address says nothing", () => {
    expect(journalDayOf(readJournalPlace({ zone: "Pacific/Kiritimati" }), late)).toEqual({ day: "2026-06-16", zone: "Pacific/Kiritimati", today: "2026-06-16" });
    expect(journalDayOf(readJournalPlace({ zone: "Etc/GMT+12" }), late).day).toBe("2026-06-15");
  });

  it.each(["yesterday", "2026-13-01", "2026-1-1", ""])("is not what is no day: %s", (day) => {
    expect(readJournalPlace({ day })).toEqual({});
  });

  it("has its neighbours in the calendar, also where clocks change", () => {
    expect([dayBefore("2026-03-01"), dayAfter("2026-03-28"), dayAfter("2026-12-31")]).toEqual(["2026-02-28", "2026-03-29", "2027-01-01"]);
  });

  it("leaves out of the address what is usual", () => {
    const own = journalDayOf({}, late);
    expect(placeOfDay(own.today, own)).toEqual({});
    expect(placeOfDay("2026-01-01", { ...own, zone: ownZone() })).toEqual({ day: "2026-01-01" });
    expect(placeOfDay("2026-01-01", { ...own, zone: "Asia/Kathmandu" })).toEqual({ day: "2026-01-01", zone: "Asia/Kathmandu" });
  });
});
