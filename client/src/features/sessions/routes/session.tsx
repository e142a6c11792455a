import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keyboard";
import { usePageTitle } from "@/lib/page-title";
import { usePreference } from "@/lib/preferences";
import { narrow, phone, useMedia } from "@/lib/use-media";
import { useNotice } from "@/lib/use-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorFace } from "@/ui/face";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { getAgents, getItemAt, getSummary } from "../api/get-session";
import { CurateDialog } from "../components/curate-dialog";
import { ExportDialog } from "../components/export-dialog";
import { FindBar } from "../components/find-bar";
import { OutlineList } from "../components/outline-list";
import { Panel } from "../components/panel";
import { SessionHead } from "../components/session-head";
import { Transcript } from "../components/transcript";
import { useFindMarks } from "../hooks/use-find-marks";
import { useLiveCuration } from "../hooks/use-live-curation";
import { useMarking } from "../hooks/use-marking";
import { useReadMark } from "../hooks/use-read-mark";
import { useReader } from "../hooks/use-reader";
import { useLiveSummary } from "../hooks/use-live-summary";
import { ViewerContext } from "../hooks/viewer-context";
import type { Place } from "../model/place";
import styles from "./session.module.css";

const route = getRouteApi("/sessions/$sessionId");

export default function SessionRoute() {
  const { sessionId } = route.useParams();
  const place = route.useSearch();
  if (place.at !== undefined) return <AtTime sessionId={sessionId} agentId={place.agent ?? null} atMs={place.at} />;
  // A session, or a subagent's view of it, is a page of its own: nothing unfolded or scrolled is carried over.
  return <SessionPage key={`${sessionId}:${place.agent ?? ""}`} sessionId={sessionId} place={place} />;
}

/** Comes from a figure, which knows when but not where: looks the item up and goes there. */
function AtTime({ sessionId, agentId, atMs }: { sessionId: string; agentId: string | null; atMs: string }) {
  const navigate = useNavigate({ from: "/sessions/$sessionId" });
  const found = useQuery(getItemAt(sessionId, agentId, atMs));
  const item = found.isError ? null : found.data?.item;
  useEffect(() => {
    if (item === undefined) return;
    // What is wrong with the session is said by its own page.
    void navigate({ search: ({ at: _at, ...rest }) => (item === null ? rest : { ...rest, focus: item }), replace: true });
  }, [item, navigate]);
  return <Skeleton label="Looking for the response" rows={12} size="line" />;
}

function SessionPage({ sessionId, place }: { sessionId: string; place: Place }) {
  const navigate = useNavigate({ from: "/sessions/$sessionId" });
  const isPhone = useMedia(phone);
  const isNarrow = useMedia(narrow);
  const [storedDetail, storeDetail] = usePreference("detail", isPhone ? "talk" : "all");
  const [outline, setOutline] = usePreference("outline", true);
  const [panel, setPanel] = usePreference("panel", true);
  const [sheet, setSheet] = useState<"outline" | "panel" | null>(null);
  const [finding, setFinding] = useState(place.find === undefined ? 0 : 1);
  const [range, setRange] = useState<{ first: number | null; last: number | null }>({ first: null, last: null });
  const [curating, setCurating] = useState(false);
  const [exporting, setExporting] = useState(false);
  const conversation = useRef<HTMLDivElement>(null);
  const agentId = place.agent ?? null;
  const detail = place.detail ?? storedDetail;
  const tab = place.panel ?? "files";

  const summary = useQuery(getSummary(sessionId));
  const agents = useQuery({ ...getAgents(sessionId), enabled: agentId !== null });
  useLiveSummary(sessionId);
  useLiveCuration();
  const keepUnread = useReadMark(sessionId, summary.data?.marks.unread === true);
  useFindMarks(conversation, finding > 0 ? (place.find ?? "") : "");

  const onPlace = useCallback((change: (place: Place) => Place) => void navigate({ search: change, replace: true }), [navigate]);
  const onAgent = useCallback((agent: string | null) => void navigate({ search: agent === null ? {} : { agent } }), [navigate]);
  const showPanel = useCallback(() => (isNarrow ? setSheet("panel") : setPanel(true)), [isNarrow, setPanel]);
  const onRaw = useCallback(() => {
    onPlace((now) => ({ ...now, panel: "raw" }));
    showPanel();
  }, [onPlace, showPanel]);
  const onNotes = useCallback(() => {
    onPlace((now) => ({ ...now, panel: "notes" }));
    showPanel();
  }, [onPlace, showPanel]);
  const onUsage = () => {
    onPlace((now) => ({ ...now, panel: "usage" }));
    showPanel();
  };
  const onFindText = useCallback(
    (find: string) => onPlace(({ find: _old, ...rest }) => (find === "" ? rest : { ...rest, find })),
    [onPlace],
  );
  const onRange = useCallback((first: number | null, last: number | null) => setRange({ first, last }), []);
  const [notice, notify] = useNotice();
  const turn = useMarking(notify);
  const viewer = useReader({ sessionId, place, detail, onPlace, onAgent, onRaw, onNotes, onNotice: notify });

  const toggleOutline = () => (isPhone ? setSheet("outline") : setOutline(!outline));
  const togglePanel = () => (isNarrow ? setSheet("panel") : setPanel(!panel));
  const find = () => setFinding((now) => now + 1);
  useKeys({
    o: toggleOutline,
    i: togglePanel,
    f: find,
    "Mod+f": find,
    s: () => summary.data !== undefined && void turn(summary.data, "star"),
    l: () => setCurating(true),
    e: () => setExporting(true),
    m: () => (viewer.active === null ? onNotes() : viewer.writeNote(viewer.active.id)),
    Escape: () => setFinding(0),
  });
  usePageTitle(summary.data?.title ?? "Session");

  if (summary.isError && summary.data === undefined)
    return <ErrorFace title="This session could not be opened" error={summary.error} onRetry={() => void summary.refetch()} />;

  const agent = agents.data?.find((run) => run.agentId === agentId);
  const start = place.focus !== undefined ? ({ at: "around", item: place.focus } as const) : ({ at: summary.data?.state === "live" ? "tail" : "head" } as const);
  const outlineList = <OutlineList agentId={agentId} {...range} onPicked={() => setSheet(null)} />;
  const panelTabs = <Panel tab={tab} agentId={agentId} onTab={(panel) => onPlace((now) => ({ ...now, panel }))} onPicked={() => setSheet(null)} />;
  return (
    <ViewerContext value={viewer}>
      <div className={styles.page}>
        <SessionHead
          session={summary.data}
          detail={detail}
          onDetail={(next) => {
            storeDetail(next);
            onPlace(({ detail: _detail, ...rest }) => rest);
          }}
          outline={!isPhone && outline}
          panel={!isNarrow && panel}
          onOutline={toggleOutline}
          onPanel={togglePanel}
          onFind={find}
          onUsage={onUsage}
          onStar={(session) => void turn(session, "star")}
          onCurate={() => setCurating(true)}
          onExport={() => setExporting(true)}
        />
        {agentId !== null && (
          <p className={styles.agent}>
            <Button icon="back" onClick={() => onAgent(null)}>Main conversation</Button>
            <span>Subagent {agent?.type ?? ""} {agent?.description ?? agentId}</span>
          </p>
        )}
        {finding > 0 && <FindBar agentId={agentId} text={place.find ?? ""} asked={finding} onText={onFindText} onClose={() => setFinding(0)} />}
        <div className={styles.columns}>
          {!isPhone && outline && <nav className={styles.outline} aria-label="Outline">{outlineList}</nav>}
          <div ref={conversation} className={styles.conversation}>
            {summary.data === undefined ? <Skeleton label="Loading the conversation" rows={12} size="line" /> : <Transcript agentId={agentId} start={start} onRange={onRange} />}
          </div>
          {!isNarrow && panel && <aside className={styles.panel} aria-label="About this session">{panelTabs}</aside>}
        </div>
        <Notice>{notice}</Notice>
        {curating && summary.data !== undefined && <CurateDialog session={summary.data} onUnread={keepUnread} onClose={() => setCurating(false)} />}
        {exporting && <ExportDialog sessionId={sessionId} onClose={() => setExporting(false)} />}
        <Dialog label="Outline" shape="sheet" open={sheet === "outline"} onClose={() => setSheet(null)}>{outlineList}</Dialog>
        <Dialog label="Panel" shape="sheet" open={sheet === "panel"} onClose={() => setSheet(null)}>{panelTabs}</Dialog>
      </div>
    </ViewerContext>
  );
}
