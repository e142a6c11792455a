import { createContext, use } from "react";
import type { Detail } from "../model/place";

export interface Active {
  id: string;
  /** Centre for a jump from elsewhere, nearest for a step by key. */
  align: "center" | "auto";
  /** Grows with each jump, so that jumping to the same item twice scrolls twice. */
  turn: number;
}

/** What every part of one open session shares: where the reader is and what is unfolded. */
export interface Viewer {
  sessionId: string;
  detail: Detail;
  active: Active | null;
  jump: (item: string, unfold?: boolean) => void;
  step: (item: string) => void;
  showAll: () => void;
  isOpen: (agentId: string | null, item: string) => boolean;
  toggle: (agentId: string | null, item: string) => void;
  openAgent: (agentId: string | null) => void;
  showRaw: (item: string) => void;
  /** The item a note is being written on; null for one on the session. */
  noteOn: string | null;
  hasNote: (agentId: string | null, item: string) => boolean;
  writeNote: (item: string | null) => void;
  copyLink: (item: string, agentId: string | null) => void;
}

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (viewer === null) throw new Error("used outside of a session");
  return viewer;
}
