import type { Card } from "@/api/types";
import type { IconName } from "@/ui/icon";

export type ActionName = "reply" | "pane" | "pin" | "mute" | "snooze" | "seen" | "explain" | "revive" | "resume";

export interface CardAction {
  name: ActionName;
  key: string;
  icon: IconName;
  label: (card: Card) => string;
  /** Set for what can be on or off. */
  pressed?: (card: Card) => boolean;
  fits: (card: Card) => boolean;
  /** On a phone it is found in the panel of a card that has one, where there is room. */
  rare?: boolean;
}

const always = () => true;

/** What runs outside tmux can be looked at, not written to. */
export const canReply = (card: Card) => card.pane !== null && card.state !== "ended";

/** One definition for the buttons and the keys. */
export const cardActions: readonly CardAction[] = [
  { name: "reply", key: "r", icon: "reply", label: () => "Reply", fits: canReply },
  { name: "pane", key: "p", icon: "pane", label: () => "Look at its pane", fits: (card) => card.pane !== null },
  { name: "seen", key: "s", icon: "eye", label: () => "Mark as seen", fits: (card) => card.marks.unseen },
  { name: "pin", key: "t", icon: "pin", label: () => "Pin", pressed: (card) => card.marks.pinned, fits: always },
  { name: "mute", key: "m", icon: "mute", label: () => "Mute", pressed: (card) => card.marks.muted, fits: always },
  { name: "snooze", key: "z", icon: "snooze", label: (card) => (card.marks.snoozed ? "Wake" : "Snooze"), fits: always },
  { name: "explain", key: "e", icon: "help", label: () => "Explain", fits: always, rare: true },
  { name: "revive", key: "u", icon: "play", label: () => "Resume in tmux", fits: (card) => card.state === "ended" && card.sessionId !== null },
  { name: "resume", key: "y", icon: "copy", label: () => "Copy the command that resumes it", fits: (card) => card.nativeId !== null, rare: true },
];

export interface Snooze {
  label: string;
  minutes: number | null;
}

export const snoozes: readonly Snooze[] = [
  { label: "15 minutes", minutes: 15 },
  { label: "1 hour", minutes: 60 },
  { label: "Until it changes", minutes: null },
];
