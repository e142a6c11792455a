import { expect, it } from "vitest";
import { checkReply } from "./reply";

it.each([
  ["", { kind: "empty" }],
  [" \n", { kind: "empty" }],
  ["Go on", { kind: "text" }],
  [" /tmp is full", { kind: "text" }],
  ["/compact", { kind: "command", opener: "/", lines: false }],
  ["! ls", { kind: "command", opener: "!", lines: false }],
  ["# remember", { kind: "command", opener: "#", lines: false }],
  ["@file\n", { kind: "command", opener: "@", lines: false }],
  ["/clear\nand then", { kind: "command", opener: "/", lines: true }],
])("%j is %o", (text, check) => expect(checkReply(text)).toEqual(check));

it("counts bytes, not letters", () => {
  expect(checkReply("ä".repeat(32 * 1024))).toEqual({ kind: "text" });
  expect(checkReply(`${"ä".repeat(32 * 1024)}.`)).toEqual({ kind: "too-long", bytes: 65537 });
});
