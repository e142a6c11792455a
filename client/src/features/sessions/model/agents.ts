import type { Agent } from "@/api/types";

export const agentNames: Record<Agent, string> = { "claude-code": "Claude Code", codex: "Codex", gemini: "Gemini CLI" };

/** The command that takes a session up again in its own agent. */
export function resumeCommand(agent: Agent, nativeId: string): string {
  switch (agent) {
    case "claude-code":
      return `claude --resume ${nativeId}`;
    case "codex":
      return `codex resume ${nativeId}`;
    case "gemini":
      return `gemini --resume ${nativeId}`;
  }
}
