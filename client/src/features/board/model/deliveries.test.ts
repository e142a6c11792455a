import { describe, expect, it } from "vitest";
import { aDelivery } from "@/testing/factories";
import { applyDelivery, mergeDelivery, shownOn, type DeliveryChange } from "./deliveries";

const change = (id: string, state: DeliveryChange["state"], reason: string | null = null): DeliveryChange => ({ id, cardId: "c1", kind: "reply", state, reason, revision: 1 });

describe("a delivery", () => {
  it("goes on as the stream tells", () => expect(applyDelivery([aDelivery("d1")], change("d1", "typed"))).toEqual([aDelivery("d1", { state: "typed" })]));

  it("never goes back, whichever news comes first", () => {
    const known = [aDelivery("d1", { state: "consumed" })];
    expect(applyDelivery(known, change("d1", "typed"))).toBe(known);
    expect(mergeDelivery(known, aDelivery("d1"))).toBe(known);
  });

  it("that nobody here knows has to be asked for", () => expect(applyDelivery([], change("d1", "queued"))).toBeNull());
});

describe("a card shows", () => {
  it("the one that is on its way, and how many wait behind it", () => {
    const known = [aDelivery("old", { state: "consumed", createdAtMs: 1 }), aDelivery("first", { state: "typed", createdAtMs: 2 }), aDelivery("next", { createdAtMs: 3 })];
    expect(shownOn(known, "c1")).toEqual({ delivery: known[1], waiting: 1 });
  });

  it("the newest that ended, but not an older one behind it", () => {
    const refused = aDelivery("r", { state: "refused", createdAtMs: 2 });
    expect(shownOn([refused, aDelivery("later", { state: "consumed", createdAtMs: 3 })], "c1")?.delivery.id).toBe("later");
    expect(shownOn([refused], "c1")?.delivery.id).toBe("r");
  });

  it.each([
    ["was cancelled", aDelivery("d", { state: "cancelled" })],
    ["was put away", aDelivery("d", { state: "indeterminate", dismissedAtMs: 5 })],
    ["went to another card", aDelivery("d", { cardId: "c2" })],
  ])("nothing that %s", (_, delivery) => expect(shownOn([delivery], "c1")).toBeNull());
});
