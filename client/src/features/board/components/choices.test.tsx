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
  choices: labels.map((label, at) => ({ number: at + 1, label, focused: at === 0, checked: null })),
  fingerprint,
  multiSelect: false,
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
  await vi.waitFor(() => expect(bodies).toMatchObject([{ fingerprint: "f1", choice: "No" }]));
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

it("leaves several choices at once to the pane", async () => {
  dialog = { ...dialog, multiSelect: true };
  open();
  expect(await screen.findByText(/answer it in its pane/)).toBeDefined();
  expect(screen.getByRole("button", { name: "1 Yes" })).toHaveProperty("disabled", true);
});

it("asks nothing of a card that cannot be answered here", () => {
  const { container } = open({ ...card, pane: null });
  expect(container.textContent).toBe("");
});
