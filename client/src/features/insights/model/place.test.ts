import { describe, expect, it } from "vitest";
import { daysOf, readStatsPlace } from "./place";

const noonOfMarch = Date.UTC(2026, 2, 1, 12);

describe("the address", () => {
  it("keeps what is not usual", () => {
    expect(readStatsPlace({ range: "90d", split: "agent", measure: "tokens", zone: "UTC" })).toEqual({ range: "90d", split: "agent", measure: "tokens", zone: "UTC" });
    expect(readStatsPlace({ range: "30d", split: "model", measure: "cost", zone: "" })).toEqual({});
  });

  it("takes days of one's own before a named range, and leaves out what is none", () => {
    expect(readStatsPlace({ from: "2026-01-01", to: "2026-02-01", range: "7d" })).toEqual({ from: "2026-01-01", to: "2026-02-01" });
    expect(readStatsPlace({ from: "2026-02-01", to: "2026-01-01", range: "7d" })).toEqual({ range: "7d" });
    expect(readStatsPlace({ from: "yesterday", split: "hour" })).toEqual({});
  });
});

describe("the days it means", () => {
  it("ends with today in the zone, over the change of a month", () => {
    expect(daysOf({ zone: "UTC", range: "7d" }, noonOfMarch)).toEqual({ from: "2026-02-23", to: "2026-03-01", zone: "UTC" });
    expect(daysOf({ zone: "UTC" }, noonOfMarch).from).toBe("2026-01-31");
  });

  it("is tomorrow already at +14 and yesterday still at -11", () => {
    expect(daysOf({ zone: "Pacific/Kiritimati" }, noonOfMarch).to).toBe("2026-03-02");
    expect(daysOf({ zone: "Pacific/Pago_Pago" }, Date.UTC(2026, 2, 1, 10)).to).toBe("2026-02-28");
  });

  it("begins with the year, or with the first day there is", () => {
    expect(daysOf({ zone: "UTC", range: "year" }, noonOfMarch).from).toBe("2026-01-01");
    expect(daysOf({ zone: "UTC", range: "all" }, noonOfMarch).from).toBe("1970-01-01");
  });

  it("leaves a zone that nobody knows to the server", () => {
    expect(daysOf({ zone: "Middle/Earth" }, noonOfMarch)).toEqual({ from: "2026-01-31", to: "2026-03-01", zone: "Middle/Earth" });
  });
});
