import type { Agent } from "./types";

/** The agents as their makers call them. */
export const agentNames: Record<Agent, string> = { "claude-code": "Claude Code", codex: "Codex", gemini: "Gemini CLI" };
