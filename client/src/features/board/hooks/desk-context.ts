import { createContext, useContext } from "react";

/** What a card asks of the board it lies on. Never changes, so that no card is drawn again for it. */
export interface Desk {
  /** Opens the reply box of a card, or its panel where a card has no room for one. */
  openReply: (cardId: string) => void;
  closeReply: (cardId: string) => void;
  notify: (notice: string) => void;
}

const nothing = () => undefined;

export const DeskContext = createContext<Desk>({ openReply: nothing, closeReply: nothing, notify: nothing });

export const useDesk = () => useContext(DeskContext);
