// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { aCard, aDelivery } from "@/testing/factories";
import { readDraft, writeDraft } from "../model/drafts";
import { ReplyBox } from "./reply-box";

const card = aCard("c1", { pane: "%1" });
const onSent = vi.fn();
const onClose = vi.fn();
const bodies: { text: string; asCommand: boolean; idempotencyKey: string }[] = [];
let answers: (() => Response)[] = [];

const accepted = () => Response.json(aDelivery("d1"), { status: 202 });
const refused = () => Response.json({ code: "dialog-open", detail: "The session asks something.", status: 409 }, { status: 409 });
const lost = (): Response => {
  throw new TypeError("Failed to fetch");
};

beforeEach(() => {
  localStorage.clear();
  onSent.mockClear();
  onClose.mockClear();
  bodies.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    bodies.push((await request.json()) as (typeof bodies)[number]);
    return (answers.shift() ?? accepted)();
  });
});

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReplyBox card={card} title="Fix it" onSent={onSent} onClose={onClose} />
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), box: screen.getByRole("textbox", { name: "Reply" }) };
}

it("keeps what is written and sends it with Ctrl Enter", async () => {
  const { user, box } = open();
  await user.type(box, "Go on");
  expect(readDraft("c1")?.text).toBe("Go on");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await vi.waitFor(() => expect(onSent).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ text: "Go on", asCommand: false }]);
  expect(readDraft("c1")).toBeNull();
});

it("tries the same text again with the same key while no answer came, and with a fresh one after a refusal", async () => {
  answers = [lost, refused, accepted];
  writeDraft("c1", { text: "Go on" });
  const { user } = open();
  const send = screen.getByRole("button", { name: "Send" });
  await user.click(send);
  expect((await screen.findByRole("alert")).textContent).toContain("Muse does not answer");
  await user.click(send);
  await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toContain("The session asks something. The text stays here."));
  expect(readDraft("c1")?.text).toBe("Go on");
  await user.click(send);
  await vi.waitFor(() => expect(onSent).toHaveBeenCalledOnce());
  const [first, second, third] = bodies.map((body) => body.idempotencyKey);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it("sends what begins like a command only as what a person says it is", async () => {
  const { user, box } = open();
  await user.type(box, "/compact");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(bodies).toEqual([]);
  expect(document.activeElement?.textContent).toBe("Send as command");
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(bodies).toMatchObject([{ text: "/compact", asCommand: true }]));
});

it("says that a text is too long before it is sent", () => {
  writeDraft("c1", { text: "x".repeat(65 * 1024) });
  open();
  expect(screen.getByRole("alert").textContent).toContain("at most 64 KB");
  expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
});

it("closes with Escape and keeps the draft", async () => {
  const { user, box } = open();
  await user.type(box, "Later{Escape}");
  expect(onClose).toHaveBeenCalledOnce();
  expect(readDraft("c1")?.text).toBe("Later");
});
