import type { Card } from "@/api/types";
import type { IconName } from "@/ui/icon";

export type ActionName = "pin" | "mute" | "snooze" | "seen" | "explain" | "resume";

export interface CardAction {
  name: ActionName;
  key: string;
  icon: IconName;
  label: (card: Card) => string;
  /** Set for what can be on or off. */
  pressed?: (card: Card) => boolean;
  fits: (card: Card) => boolean;
}

const always = () => true;

/** One definition for the buttons and the keys. */
export const cardActions: readonly CardAction[] = [
  { name: "seen", key: "s", icon: "eye", label: () => "Mark as seen", fits: (card) => card.marks.unseen },
  { name: "pin", key: "p", icon: "pin", label: () => "Pin", pressed: (card) => card.marks.pinned, fits: always },
  { name: "mute", key: "m", icon: "mute", label: () => "Mute", pressed: (card) => card.marks.muted, fits: always },
  { name: "snooze", key: "z", icon: "snooze", label: (card) => (card.marks.snoozed ? "Wake" : "Snooze"), fits: always },
  { name: "explain", key: "e", icon: "help", label: () => "Explain", fits: always },
  { name: "resume", key: "y", icon: "copy", label: () => "Copy the command that resumes it", fits: (card) => card.nativeId !== null },
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
