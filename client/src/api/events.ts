import type { EventData } from "./types";

export type ServerEvent = { [Name in keyof EventData]: { type: Name; data: EventData[Name] } }[keyof EventData];

export interface Connection {
  state: "connecting" | "live" | "reconnecting" | "offline";
  lastEventAtMs: number | null;
}

const names = ["hello", "session", "items", "reset", "ingest", "card", "gone", "delivery", "curation", "beat"] as const satisfies readonly (keyof EventData)[];
/** Two beats of 15 s and some slack: a silent socket is a dead one. */
const silenceMs = 40_000;
const triesBeforeOffline = 3;

/**
 * The one EventSource of the tab. Topics are thunks, because a session's topic carries the generation and revision
 * reached by the time the stream is opened again.
 */
export class EventHub {
  #topics = new Map<string, () => string>();
  #listeners = new Set<(event: ServerEvent) => void>();
  #watchers = new Set<() => void>();
  #source: EventSource | null = null;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #lastEventId = "";
  #tries = 0;
  #connection: Connection = { state: "connecting", lastEventAtMs: null };

  connection = () => this.#connection;

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  listen(listener: (event: ServerEvent) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  follow(key: string, topic: () => string) {
    this.#topics.set(key, topic);
    this.#open(50);
    return () => {
      this.#topics.delete(key);
      this.#open(50);
    };
  }

  /** Delayed, so that a page that swaps several topics opens one stream. */
  #open(delayMs: number) {
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => this.#connect(), delayMs);
  }

  #connect() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#silence);
    if (this.#topics.size === 0) return;
    const query = new URLSearchParams({ topics: [...this.#topics.values()].map((topic) => topic()).join(",") });
    if (this.#lastEventId !== "") query.set("lastEventId", this.#lastEventId);
    const source = new EventSource(`/api/events?${query}`);
    this.#source = source;
    for (const name of names) source.addEventListener(name, (message) => this.#receive(name, message));
    // The browser would retry with the old address; the topics' revisions have moved on since.
    source.onerror = () => this.#lost();
  }

  #receive(type: (typeof names)[number], message: MessageEvent<string>) {
    if (message.lastEventId !== "") this.#lastEventId = message.lastEventId;
    this.#tries = 0;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), silenceMs);
    this.#become("live", Date.now());
    const event = { type, data: JSON.parse(message.data) as unknown } as ServerEvent;
    for (const listener of this.#listeners) listener(event);
  }

  #lost() {
    this.#source?.close();
    this.#tries += 1;
    this.#become(this.#tries >= triesBeforeOffline ? "offline" : "reconnecting", this.#connection.lastEventAtMs);
    this.#open(Math.min(15_000, 500 * 2 ** this.#tries) * (0.75 + Math.random() / 2));
  }

  #become(state: Connection["state"], lastEventAtMs: number | null) {
    this.#connection = { state, lastEventAtMs };
    for (const watcher of this.#watchers) watcher();
  }
}

export const events = new EventHub();
