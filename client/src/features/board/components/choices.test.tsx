// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { CardDialog } from "@/api/types";
import { aCard, aDelivery } from "@/testing/factories";
import { Choices } from "./choices";

const card = aCard("c1", { pane: "%1", lane: "needs-you", state: "needs-you", reason: "permission" });
const aDialog = (fingerprint: string, ...labels: string[]): CardDialog => ({
  kind: "permission",
  title: "Do you want to proceed?",
  body: "make oven",
  choices: labels.map((label, at) => ({ number: at + 1, label, focused: at === 0, checked: null, freeText: false })),
  fingerprint,
  multiSelect: false,
  step: null,
  inPane: null,
});

let dialog: CardDialog;
let answered: () => Response;
const bodies: unknown[] = [];

beforeEach(() => {
  dialog = aDialog("f1", "Yes", "No");
  answered = () => Response.json(aDelivery("d1", { kind: "answer", text: "No", fingerprint: "f1" }), { status: 202 });
  bodies.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") {
      bodies.push(await request.json());
      return answered();
    }
    return Response.json(request.url.endsWith("/deliveries") ? { deliveries: [] } : { card, explain: [], disagreeSinceMs: null, dialog, input: "none", resume: null });
  });
});

const open = (shown = card) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Choices card={shown} />
    </QueryClientProvider>,
  );

it("answers the dialog that is shown with the choice that is pressed", async () => {
  open();
  await userEvent.click(await screen.findByRole("button", { name: "2 No" }));
  await vi.waitFor(() => expect(bodies).toMatchObject([{ fingerprint: "f1", choices: ["No"] }]));
  // One answer is enough: the other choice waits for what becomes of it.
  await vi.waitFor(() => expect(screen.getByRole("button", { name: "1 Yes" })).toHaveProperty("disabled", true));
});

it("shows the dialog that is open now when it is another one, and that nothing was pressed", async () => {
  open();
  const yes = await screen.findByRole("button", { name: "1 Yes" });
  dialog = aDialog("f2", "Allow", "Deny");
  answered = () => Response.json({ code: "dialog-changed", detail: "…", status: 409, present: dialog }, { status: 409 });
  await userEvent.click(yes);
  expect((await screen.findByRole("alert")).textContent).toContain("Nothing was pressed");
  expect(await screen.findByRole("button", { name: "1 Allow" })).toHaveProperty("disabled", false);
});

const boxes = (): CardDialog => ({
  ...aDialog("f1"),
  choices: [
    { number: 1, label: "Warm", focused: true, checked: false, freeText: false },
    { number: 2, label: "Cold", focused: false, checked: true, freeText: false },
    { number: 3, label: "Type something", focused: false, checked: false, freeText: true },
    { number: 4, label: "Chat about this", focused: false, checked: null, freeText: false },
  ],
  multiSelect: true,
  step: { number: 1, count: 2 },
});

it("ticks boxes, which begin as they stand in the pane, and sends them at once", async () => {
  dialog = boxes();
  open();
  expect(await screen.findByText("Question 1 of 2")).toBeDefined();
  expect(screen.getByRole("checkbox", { name: "2 Cold" })).toHaveProperty("ariaChecked", "true");
  expect(screen.getByRole("checkbox", { name: "3 Type something" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("checkbox", { name: "1 Warm" }));
  expect(bodies).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  await vi.waitFor(() => expect(bodies).toMatchObject([{ fingerprint: "f1", choices: ["Warm", "Cold"] }]));
});

it("sends no answer without a tick, and one without a box alone", async () => {
  dialog = boxes();
  open();
  await userEvent.click(await screen.findByRole("checkbox", { name: "2 Cold" }));
  expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("button", { name: "4 Chat about this" }));
  await vi.waitFor(() => expect(bodies).toMatchObject([{ choices: ["Chat about this"] }]));
});

it("leaves to the pane what only the pane can answer", async () => {
  dialog = { ...aDialog("f1", "Yes"), inPane: "Answer it in its pane." };
  open();
  expect(await screen.findByText("Answer it in its pane.")).toBeDefined();
  expect(screen.getByRole("button", { name: "1 Yes" })).toHaveProperty("disabled", true);
});

it("asks nothing of a card that cannot be answered here", () => {
  const { container } = open({ ...card, pane: null });
  expect(container.textContent).toBe("");
});
