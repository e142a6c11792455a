import type { Card, Item, ItemsEvent, SessionSummary, Transcript } from "@/api/types";

export const aSession = (changes: Partial<SessionSummary> = {}): SessionSummary => ({
  id: "s1",
  agent: "claude-code",
  nativeId: "n1",
  machine: "local",
  title: "Fix the sweep",
  project: "muse",
  projectPath: "/src/muse",
  branch: "main",
  model: "claude-opus-4-1",
  version: "2.1",
  state: "quiet",
  startedAtMs: 1000,
  lastAtMs: 2000,
  prompts: 1,
  replies: 1,
  tools: 1,
  errors: 0,
  items: 3,
  agents: 0,
  addedLines: 0,
  removedLines: 0,
  sizeBytes: 100,
  unknownLines: 0,
  malformedLines: 0,
  parentId: null,
  lastPrompt: null,
  lastReply: null,
  indexed: 1,
  ...changes,
});

export const anItem = (ordinal: number | null, changes: Partial<Item> = {}): Item => ({
  id: ordinal === null ? "t0.0" : String(ordinal),
  ordinal,
  kind: "reply",
  atMs: 1000,
  name: null,
  preview: "",
  text: null,
  cut: false,
  flags: [],
  status: null,
  outcome: null,
  agentId: null,
  images: 0,
  ...changes,
});

export const aWindow = (ordinals: number[], changes: Partial<Transcript> = {}): Transcript => ({
  session: aSession(),
  agentId: null,
  generation: 1,
  revision: 5,
  total: 100,
  items: ordinals.map((ordinal) => anItem(ordinal)),
  hasBefore: false,
  hasAfter: false,
  ...changes,
});

export const anEvent = (items: Item[], changes: Partial<ItemsEvent> = {}): ItemsEvent => ({
  sessionId: "s1",
  agentId: null,
  generation: 1,
  revision: 6,
  items,
  total: 101,
  ...changes,
});

export const aCard = (id: string, changes: Partial<Omit<Card, "marks">> & { marks?: Partial<Card["marks"]> } = {}): Card => {
  const { marks, ...rest } = changes;
  return {
    id,
    agent: "claude-code",
    sessionId: id,
    nativeId: "n1",
    lane: "idle",
    state: "idle",
    reason: null,
    sinceMs: 1000,
    confidence: "medium",
    source: "hook",
    detail: null,
    pane: null,
    pid: null,
    cwd: "/src/muse",
    project: "muse",
    branch: "main",
    rollup: null,
    ...rest,
    marks: { pinned: false, muted: false, snoozed: false, snoozedUntilMs: null, snoozedUntilChange: false, seenAtMs: null, unseen: false, ...marks },
  };
};
