/** What of the board is open, as it stands in the address. */
export interface BoardPlace {
  done?: "open";
  explain?: string;
  /** The dialog that starts an agent. */
  start?: "open";
  /** The card whose panel is open. */
  card?: string;
}

export function readBoardPlace(search: Record<string, unknown>): BoardPlace {
  const { explain, card } = search;
  return {
    ...(search["done"] === "open" ? { done: "open" } : {}),
    ...(search["start"] === "open" ? { start: "open" } : {}),
    ...(typeof explain === "string" && explain !== "" ? { explain } : {}),
    ...(typeof card === "string" && card !== "" ? { card } : {}),
  };
}
