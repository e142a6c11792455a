import type { Preferences } from "@/lib/preferences";

export type Detail = Preferences["detail"];
export type PanelTab = "brief" | "files" | "commits" | "notes" | "health" | "agents" | "usage" | "raw";

/** Where in a session the reader is, as it stands in the address. */
export interface Place {
  focus?: string;
  /** "1": the focused item opens unfolded, as who comes from a search wants it. */
  unfold?: "1";
  /** UTC milliseconds: the item of that time is looked up and becomes the focus. */
  at?: string;
  agent?: string;
  panel?: PanelTab;
  detail?: Detail;
  find?: string;
}

const panels: readonly PanelTab[] = ["brief", "files", "commits", "notes", "health", "agents", "usage", "raw"];
const details: readonly Detail[] = ["all", "edits", "talk"];
const word = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

export function readPlace(search: Record<string, unknown>): Place {
  const focus = word(search["focus"]);
  const at = word(String(search["at"] ?? ""));
  const agent = word(search["agent"]);
  const find = word(search["find"]);
  const panel = panels.find((candidate) => candidate === search["panel"]);
  const detail = details.find((candidate) => candidate === search["detail"]);
  return {
    ...(focus === undefined ? {} : { focus }),
    ...(focus !== undefined && (search["unfold"] === "1" || search["unfold"] === 1) ? { unfold: "1" } : {}),
    ...(focus === undefined && at !== undefined && /^\d+$/.test(at) ? { at } : {}),
    ...(agent === undefined ? {} : { agent }),
    ...(panel === undefined ? {} : { panel }),
    ...(detail === undefined ? {} : { detail }),
    ...(find === undefined ? {} : { find }),
  };
}
