import { describe, expect, it } from "vitest";
import { insightsDaysOf, readInsightsPlace } from "./insights-place";

const noon = Date.parse("2026-06-15T12:00:00Z");

describe("the days of the insights", () => {
  it("are the last 90 if the address says nothing", () => {
    expect(insightsDaysOf(readInsightsPlace({ zone: "UTC" }), noon)).toEqual({ from: "2026-03-18", to: "2026-06-15", zone: "UTC" });
  });

  it("are 30 if the address says so", () => {
    expect(insightsDaysOf(readInsightsPlace({ range: "30d", zone: "UTC" }), noon).from).toBe("2026-05-17");
  });

  it("are a span of one's own before any range", () => {
    expect(readInsightsPlace({ from: "2026-01-01", to: "2026-01-31", range: "7d" })).toEqual({ from: "2026-01-01", to: "2026-01-31" });
  });

  it("leave out what is usual or unknown", () => {
    expect(readInsightsPlace({ range: "90d", from: "never", split: "model" })).toEqual({});
  });
});
