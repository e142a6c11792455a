/** The most that the server takes. */
const longestBytes = 64 * 1024;

const opensCommand = /^[/!#@?]/;

/** What is to be said of a text before it is sent. */
export type ReplyCheck =
  | { kind: "empty" }
  | { kind: "too-long"; bytes: number }
  /** It begins like a command of the program: a person says whether it is meant as one. */
  | { kind: "command"; opener: string; lines: boolean }
  | { kind: "text" };

export function checkReply(text: string): ReplyCheck {
  if (text.trim() === "") return { kind: "empty" };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > longestBytes) return { kind: "too-long", bytes };
  if (opensCommand.test(text)) return { kind: "command", opener: text.charAt(0), lines: text.trimEnd().includes("\n") };
  return { kind: "text" };
}
