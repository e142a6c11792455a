/** The shapes of the REST contract. Times are epoch milliseconds. */
export type Agent = "claude-code" | "codex" | "gemini";
export type SessionState = "live" | "quiet" | "missing";
export type SessionSort = "recent" | "started" | "size" | "prompts" | "title";

export interface SessionSummary {
  id: string;
  agent: Agent;
  nativeId: string;
  machine: string;
  title: string;
  project: string;
  projectPath: string | null;
  branch: string | null;
  model: string | null;
  version: string | null;
  state: SessionState;
  startedAtMs: number | null;
  lastAtMs: number | null;
  prompts: number;
  replies: number;
  tools: number;
  errors: number;
  items: number;
  agents: number;
  addedLines: number;
  removedLines: number;
  sizeBytes: number;
  unknownLines: number;
  malformedLines: number;
  parentId: string | null;
  lastPrompt: string | null;
  lastReply: string | null;
  indexed: number;
}

export interface SessionPage {
  items: SessionSummary[];
  nextCursor: string | null;
  total: number;
}

export interface Facet {
  value: string;
  label?: string;
  count: number;
}

export interface SessionFacets {
  agents: Facet[];
  projects: Facet[];
  models: Facet[];
  branches: Facet[];
  states: Facet[];
}

export type ItemKind =
  | "prompt"
  | "reply"
  | "thinking"
  | "tool"
  | "compaction"
  | "mark"
  | "notice"
  | "error"
  | "unknown"
  | "malformed";

export type ToolStatus = "ok" | "error" | "denied" | "cancelled" | "running";

export interface ToolOutcome {
  exitCode?: number | null;
  durationMs?: number | null;
  file?: string | null;
  added?: number | null;
  removed?: number | null;
  lines?: number | null;
  bytes?: number | null;
  hits?: number | null;
  commit?: string | null;
  agentId?: string | null;
  summary?: string | null;
}

export interface Item {
  id: string;
  ordinal: number | null;
  kind: ItemKind;
  atMs: number | null;
  name: string | null;
  preview: string;
  text: string | null;
  cut: boolean;
  flags: string[];
  status: ToolStatus | null;
  outcome: ToolOutcome | null;
  agentId: string | null;
  images: number;
}

export interface Transcript {
  session: SessionSummary;
  agentId: string | null;
  generation: number;
  revision: number;
  total: number;
  items: Item[];
  hasBefore: boolean;
  hasAfter: boolean;
}

export interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}

export interface Patch {
  path: string;
  added: number;
  removed: number;
  hunks: Hunk[];
}

export interface Todo {
  content: string;
  status: "pending" | "in_progress" | "completed";
}

export interface ItemBody {
  id: string;
  kind: ItemKind;
  name: string | null;
  text: string | null;
  textCut: boolean;
  input: unknown;
  output: string | null;
  outputCut: boolean;
  outputBytes: number;
  patches: Patch[];
  images: { index: number; mediaType: string; bytes: number }[];
  todos: Todo[];
  lineOffset: number;
  lineLength: number;
  resultOffset: number | null;
  resultLength: number | null;
}

export interface OutlineEntry {
  id: string;
  ordinal: number;
  kind: "prompt" | "compaction" | "error" | "commit" | "agent" | "mark";
  label: string;
  atMs: number | null;
}

export interface Outline {
  entries: OutlineEntry[];
  density: number[];
  errors: number[];
  total: number;
}

export interface AgentRun {
  agentId: string;
  type: string | null;
  description: string | null;
  callItem: string | null;
  parentAgentId: string | null;
  items: number;
  startedAtMs: number | null;
  lastAtMs: number | null;
  model: string | null;
  finished: boolean;
}

export interface TouchedFile {
  path: string;
  edits: number;
  added: number;
  removed: number;
  lastAtMs: number | null;
  items: string[];
}

export interface FindMatch {
  id: string;
  ordinal: number;
  kind: ItemKind;
  snippet: string;
  start: number;
  length: number;
}

export interface FindResult {
  matches: FindMatch[];
  total: number;
  truncated: boolean;
}

export interface UsageRow {
  model: string;
  responses: number;
  inputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
  outputTokens: number;
  reasoningTokens: number;
}

export interface Usage {
  rows: UsageRow[];
  totals: Omit<UsageRow, "model">;
}

export interface IngestRoot {
  agent: string;
  path: string;
  from: string;
  exists: boolean;
  readable: boolean;
  problem: string | null;
  files: number;
  sessions: number;
}

export interface IngestProgress {
  state: "idle" | "reading" | "paused";
  reason: string | null;
  filesTotal: number;
  filesDone: number;
  bytesTotal: number;
  bytesDone: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  roots: IngestRoot[];
}

export interface IngestFile {
  path: string;
  agent: string;
  sessionId: string | null;
  bytes: number;
  committedBytes: number;
  lines: number;
  itemLines: number;
  foldedLines: number;
  unknownLines: number;
  malformedLines: number;
  blankLines: number;
  items: number;
  generation: number;
}

export interface Drift {
  types: {
    agent: string;
    version: string | null;
    type: string;
    count: number;
    sampleSession: string | null;
    sampleItem: string | null;
    sampleAgent: string | null;
    firstSeenAtMs: number | null;
  }[];
  totals: { agent: string; version: string | null; lines: number; unknown: number; malformed: number }[];
}

export interface ItemsEvent {
  sessionId: string;
  agentId: string | null;
  generation: number;
  revision: number;
  items: Item[];
  total: number;
}
