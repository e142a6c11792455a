import { expect, it } from "vitest";
import { resumeCommand } from "./resume-command";

it("goes to the folder first", () =>
  expect(resumeCommand({ agent: "codex", nativeId: "0199-a", projectPath: "/src/muse" })).toBe("cd /src/muse && codex resume 0199-a"));

it("lets no path or id become a command", () =>
  expect(resumeCommand({ agent: "claude-code", nativeId: "x; rm -rf ~", projectPath: "/it's $(here)\nnow" })).toBe(
    "cd '/it'\\''s $(here)\nnow' && claude --resume 'x; rm -rf ~'",
  ));
