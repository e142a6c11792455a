import type { IconName } from "@/ui/icon";

export interface Place {
  to: "/board" | "/sessions" | "/open-loops" | "/search" | "/stats" | "/insights" | "/journal" | "/formats" | "/status";
  label: string;
  icon: IconName;
  key: string;
  /** Not in the bar of a phone, where seven fit; the command box goes there. */
  wide?: true;
}

export const places: readonly Place[] = [
  { to: "/board", label: "Board", icon: "board", key: "b" },
  { to: "/sessions", label: "Sessions", icon: "sessions", key: "s" },
  { to: "/open-loops", label: "Open loops", icon: "loop", key: "o", wide: true },
  { to: "/search", label: "Search", icon: "search", key: "/" },
  { to: "/stats", label: "Stats", icon: "stats", key: "c" },
  { to: "/insights", label: "Insights", icon: "insights", key: "i" },
  { to: "/journal", label: "Journal", icon: "journal", key: "j", wide: true },
  { to: "/formats", label: "Formats", icon: "formats", key: "f" },
  { to: "/status", label: "Status", icon: "status", key: "t" },
];
