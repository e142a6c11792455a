import type { Card } from "@/api/types";

const reasons: ReadonlySet<Card["reason"]> = new Set(["permission", "question", "plan", "login"]);

/** Whether a dialog may be open that the board can answer: one that runs outside tmux can only be shown. */
export const mayAsk = (card: Card) => card.state === "needs-you" && card.pane !== null && reasons.has(card.reason);
