import { expect, it } from "vitest";
import { asFilter, fromFilter, readRowsPlace, toRowsQuery, withoutFilter } from "./rows-place";

it("reads which responses are meant, and leaves out what is none", () => {
  expect(readRowsPlace({ from: "2026-01-01", to: "soon", model: "m", sort: "cost", priced: "no", agent: "" })).toEqual({ from: "2026-01-01", model: "m", sort: "cost", priced: "no" });
  expect(readRowsPlace({ sort: "size", priced: "yes", session: 7 })).toEqual({});
});

it("keeps those without a name apart from all", () => {
  const place = readRowsPlace({ model: asFilter(null), project: "/p" });

  expect(toRowsQuery(place)).toEqual({ model: "", project: "/p" });
  expect(fromFilter(place.model ?? "")).toBeNull();
  expect(withoutFilter(place, "model")).toEqual({ project: "/p" });
});
