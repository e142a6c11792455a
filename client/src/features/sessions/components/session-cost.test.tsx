// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { SessionUsage, UsageRow } from "@/api/types";
import { SessionCost } from "./session-cost";

const aRow = (changes: Partial<UsageRow> = {}): UsageRow => ({
  model: null, responses: 1, inputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0, cacheReadTokens: 0, outputTokens: 0,
  reasoningTokens: 0, webSearches: 0, costMicroUsd: 0, unpricedResponses: 0, absurdResponses: 0, pricedAs: null, pricesFrom: null, ...changes,
});

function show(usage: Partial<SessionUsage>) {
  const onOpen = vi.fn();
  vi.stubGlobal("fetch", async () => Response.json({ rows: [], days: [], totals: aRow(), zone: "UTC", prices: { version: "v", date: "2026-11-29" }, ...usage }));
  const client = new QueryClient();
  render(<QueryClientProvider client={client}><SessionCost sessionId="s1" onOpen={onOpen} /></QueryClientProvider>);
  return onOpen;
}

it("says what a session cost, by model, and opens the rows", async () => {
  const onOpen = show({
    rows: [aRow({ model: "claude-opus-5", costMicroUsd: 3_000_000 }), aRow({ model: "house-model", unpricedResponses: 1 })],
    totals: aRow({ costMicroUsd: 3_000_000, unpricedResponses: 1 }),
  });
  const cost = await screen.findByRole("button", { name: "Cost $3.00+, API-equivalent; show the usage" });
  expect(cost.title).toMatch(/API-equivalent.*1 response without a known price\nopus-5: \$3\.00\nhouse-model: unpriced/);
  cost.focus();
  await userEvent.keyboard("{Enter}");
  expect(onOpen).toHaveBeenCalledOnce();
});

it("is quiet where nothing is known", async () => {
  show({});
  await vi.waitFor(() => expect(screen.queryByRole("button")).toBeNull());
});
