/** What of the board is open, as it stands in the address. */
export interface BoardPlace {
  done?: "open";
  explain?: string;
}

export function readBoardPlace(search: Record<string, unknown>): BoardPlace {
  const explain = search["explain"];
  return {
    ...(search["done"] === "open" ? { done: "open" } : {}),
    ...(typeof explain === "string" && explain !== "" ? { explain } : {}),
  };
}
