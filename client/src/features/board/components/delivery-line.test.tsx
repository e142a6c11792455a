// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Delivery } from "@/api/types";
import { aDelivery } from "@/testing/factories";
import { readDraft, writeDraft } from "../model/drafts";
import { DeliveryLine } from "./delivery-line";

const asked: string[] = [];
const onEdit = vi.fn();
let answer: () => Response;

beforeEach(() => {
  localStorage.clear();
  asked.length = 0;
  onEdit.mockClear();
  answer = () => Response.json(aDelivery("d1", { state: "cancelled" }));
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return Promise.resolve(answer());
  });
});

const open = (changes: Partial<Delivery>) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DeliveryLine delivery={aDelivery("d1", changes)} onEdit={onEdit} />
    </QueryClientProvider>,
  );

it("takes back what is queued and puts its text before what is written meanwhile", async () => {
  writeDraft("c1", { text: "And this" });
  open({});
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  await vi.waitFor(() => expect(onEdit).toHaveBeenCalledOnce());
  expect(asked).toEqual(["DELETE /api/board/deliveries/d1"]);
  expect(readDraft("c1")?.text).toBe("Go on\n\nAnd this");
});

it("leaves the draft alone and says why when it is too late to take it back", async () => {
  answer = () => Response.json({ code: "not-queued", detail: "It is typed already.", status: 409 }, { status: 409 });
  open({});
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  expect(await screen.findByText("It is typed already.")).toBeDefined();
  expect(onEdit).not.toHaveBeenCalled();
  expect(readDraft("c1")).toBeNull();
});

it("offers what is in doubt to be sent again, edited or put away, and only that", () => {
  open({ state: "indeterminate", reason: "tmux did not answer" });
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Send again", "Edit", "Dismiss"]);
  expect(screen.getByText("tmux did not answer")).toBeDefined();
});

it.each(["typed", "submitted", "consumed", "cancelled"] as const)("has nothing to press when it is %s", (state) => {
  open({ state });
  expect(screen.queryByRole("button")).toBeNull();
});
