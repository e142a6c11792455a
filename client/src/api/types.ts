import type { components, paths } from "./schema";

/** The names by which the client speaks of the server's shapes; the shapes themselves are generated. */
type Shapes = components["schemas"];
type Query<Path extends "/api/sessions" | "/api/sessions/{id}"> = NonNullable<paths[Path]["get"]["parameters"]["query"]>;

export type Problem = Shapes["ProblemDetails"];

export type SessionSummary = Shapes["SessionSummary"];
export type Agent = SessionSummary["agent"];
export type SessionPage = Shapes["ListSessionsResponse"];
export type ListQuery = Query<"/api/sessions">;
export type SessionSort = NonNullable<ListQuery["sort"]>;
export type SessionFacets = Shapes["ListFacetsResponse"];
export type Facet = Shapes["ListFacetsFacet"];

export type SessionMarks = Shapes["SessionMarks"];
export type Tag = Shapes["ListTagsResponse"];
export type TagColor = Tag["color"];
export type TagRule = Shapes["TagRule"];
export type SavedView = Shapes["ListViewsResponse"];
export type SessionNotes = Shapes["ListNotesResponse"];
export type Note = Shapes["ListNotesNote"];

export type Health = Shapes["GetSessionHealthResponse"];
export type Finding = Shapes["Finding"];
export type OpenLoop = Shapes["OpenLoop"];
export type OpenLoops = Shapes["ListOpenLoopsResponse"];
export type BriefWord = Shapes["BriefWord"];

export type Transcript = Shapes["GetSessionResponse"];
export type WindowQuery = Query<"/api/sessions/{id}">;
export type Item = Shapes["ItemView"];
export type ItemKind = Item["kind"];
export type ToolOutcome = Shapes["ItemOutcome"];
export type ItemBody = Shapes["GetItemResponse"];
export type Patch = Shapes["GetItemPatchView"];
export type Hunk = Shapes["GetItemHunkView"];
export type Outline = Shapes["GetOutlineResponse"];
export type FindMatch = Shapes["FindInSessionMatch"];
export type SessionUsage = Shapes["GetSessionUsageResponse"];
export type SearchPage = Shapes["SearchItemsResponse"];
export type SearchGroup = Shapes["SearchItemsGroup"];
export type SearchHit = Shapes["SearchItemsHit"];
export type SearchProgress = Shapes["SearchProgress"];
export type UsageRow = Shapes["GetSessionUsageModelUsage"];

export type ExportedSecret = Shapes["ExportedSecret"];

export type SessionCommit = Shapes["ListCommitsCommit"];

export type Insights = Shapes["GetInsightsResponse"];
export type InsightsQuery = Omit<NonNullable<paths["/api/insights"]["get"]["parameters"]["query"]>, "format" | "table">;
export type InsightsSession = Shapes["GetInsightsSession"];
export type InsightsRatio = Shapes["GetInsightsRatio"];
export type Timeline = Shapes["GetTimelineResponse"];
export type TimelineProject = Shapes["GetTimelineProject"];
export type TimelineQuery = NonNullable<paths["/api/insights/timeline"]["get"]["parameters"]["query"]>;

export type Journal = Shapes["GetJournalResponse"];
export type JournalQuery = Omit<NonNullable<paths["/api/journal"]["get"]["parameters"]["query"]>, "format">;

export type Limits = Shapes["GetLimitsResponse"];
export type Stats = Shapes["GetStatsResponse"];
export type StatsQuery = Omit<NonNullable<paths["/api/stats"]["get"]["parameters"]["query"]>, "format">;
export type Concurrency = Shapes["GetConcurrencyResponse"];
export type ConcurrencyQuery = Omit<NonNullable<paths["/api/stats/concurrency"]["get"]["parameters"]["query"]>, "format">;
export type StatsGroup = Shapes["GetStatsGroup"];
export type StatsPart = Shapes["GetStatsPart"];
export type BilledResponse = Shapes["ListResponsesRow"];

export type Drift = Shapes["GetDriftResponse"];
export type IngestRoot = Shapes["IngestRoot"];

export type Card = Shapes["CardView"];
export type CardState = Card["state"];
export type LaneName = Card["lane"];
export type CardEvidence = Shapes["GetCardEvidence"];
export type CardDetail = Shapes["GetCardResponse"];
export type CardDialog = Shapes["DialogView"];
export type Delivery = Shapes["DeliveryView"];
export type DeliveryState = Delivery["state"];
export type ReplyBody = Shapes["ReplyToCardBody"];
export type StartBody = Shapes["StartAgentBody"];
export type Started = Shapes["StartAgentResponse"];
export type PaneScreen = Shapes["GetScreenResponse"];
export type ScreenRun = Shapes["GetScreenRun"];

/** What the event stream carries: the data of each event under the event's name. */
export type EventData = Shapes["LiveMessages"] & Pick<Shapes["BoardMessages"], "card" | "gone" | "delivery">;
export type ItemsEvent = EventData["items"];
