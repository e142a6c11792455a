import type { IconName } from "@/ui/icon";

export interface Place {
  to: "/board" | "/sessions" | "/search" | "/stats" | "/insights" | "/formats" | "/status";
  label: string;
  icon: IconName;
  key: string;
}

export const places: readonly Place[] = [
  { to: "/board", label: "Board", icon: "board", key: "b" },
  { to: "/sessions", label: "Sessions", icon: "sessions", key: "s" },
  { to: "/search", label: "Search", icon: "search", key: "/" },
  { to: "/stats", label: "Stats", icon: "stats", key: "c" },
  { to: "/insights", label: "Insights", icon: "insights", key: "i" },
  { to: "/formats", label: "Formats", icon: "formats", key: "f" },
  { to: "/status", label: "Status", icon: "status", key: "t" },
];
