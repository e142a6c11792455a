/** What a person writes to a session and has not sent. */
export interface Draft {
  text: string;
  /** The last try to send this text, of which no answer came: tried again it is the same delivery. */
  tried?: { key: string; asCommand: boolean };
  atMs: number;
}

const prefix = "muse.draft.";
const mostKept = 50;
const watchers = new Set<() => void>();

export function watchDrafts(watcher: () => void) {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

const stored = (cardId: string) => {
  try {
    return localStorage.getItem(prefix + cardId);
  } catch {
    return null;
  }
};

/** The draft as it is stored: a string, so that it can be compared. */
export const draftText = (cardId: string) => readDraft(cardId)?.text ?? "";

export function readDraft(cardId: string): Draft | null {
  const text = stored(cardId);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Draft;
  } catch {
    return null;
  }
}

export function writeDraft(cardId: string, draft: Omit<Draft, "atMs"> | null) {
  try {
    if (draft === null || draft.text === "") localStorage.removeItem(prefix + cardId);
    else localStorage.setItem(prefix + cardId, JSON.stringify({ ...draft, atMs: Date.now() }));
    forgetOldest();
  } catch {
    // A browser that stores nothing, or no more, still sends.
  }
  for (const watcher of watchers) watcher();
}

/** Puts text that was not taken before what stands in the draft already. */
export function returnToDraft(cardId: string, text: string) {
  const now = readDraft(cardId)?.text ?? "";
  if (now !== text) writeDraft(cardId, { text: now === "" ? text : `${text}\n\n${now}` });
}

/** What was written to a card goes on with the one that took its place. */
export function moveDraft(from: string, to: string) {
  const draft = readDraft(from);
  if (draft === null) return;
  writeDraft(from, null);
  if (readDraft(to) === null) writeDraft(to, draft);
  else returnToDraft(to, draft.text);
}

function forgetOldest() {
  const ids = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  if (ids.length <= mostKept) return;
  const oldest = ids.sort((a, b) => (readDraft(a)?.atMs ?? 0) - (readDraft(b)?.atMs ?? 0)).slice(0, ids.length - mostKept);
  for (const id of oldest) localStorage.removeItem(prefix + id);
}

/** Also where the page came over plain http, for which browsers give no `randomUUID`. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
