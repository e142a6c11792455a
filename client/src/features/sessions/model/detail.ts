import type { Item, ItemKind } from "@/api/types";
import type { Detail } from "./place";

const talk: readonly ItemKind[] = ["prompt", "reply", "compaction", "mark", "error"];
const edits: readonly ItemKind[] = [...talk, "tool", "notice"];

/** The kinds to ask the server for; undefined is all of them. */
export function kindsOf(detail: Detail): readonly ItemKind[] | undefined {
  switch (detail) {
    case "all":
      return undefined;
    case "edits":
      return edits;
    case "talk":
      return talk;
  }
}

const isEdit = ({ outcome, flags }: Item) =>
  flags.includes("commit") || (outcome?.added ?? 0) > 0 || (outcome?.removed ?? 0) > 0;

/** Finer than kinds: of the tools only edits and commits, and no prompt that no person wrote. */
export function shows(detail: Detail, item: Item): boolean {
  if (detail === "all") return true;
  if (kindsOf(detail)?.includes(item.kind) !== true) return false;
  if (item.kind === "tool") return isEdit(item) || item.status === "running";
  return !(item.kind === "prompt" && item.flags.includes("meta"));
}
