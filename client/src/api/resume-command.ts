import type { Agent, SessionSummary } from "./types";

/** For a POSIX shell. Paths and ids come out of transcripts, and this is pasted into a terminal. */
const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const resume: Record<Agent, string> = { "claude-code": "claude --resume", codex: "codex resume", gemini: "gemini --resume" };

/** The command that takes a session up again in its own agent, in the folder where it was started. */
export function resumeCommand({ agent, nativeId, projectPath }: Pick<SessionSummary, "agent" | "nativeId" | "projectPath">): string {
  const command = `${resume[agent]} ${quote(nativeId)}`;
  return projectPath === null ? command : `cd ${quote(projectPath)} && ${command}`;
}
