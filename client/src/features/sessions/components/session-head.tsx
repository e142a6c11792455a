import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { agentNames } from "@/api/agent-names";
import { resumeCommand } from "@/api/resume-command";
import type { SessionSummary } from "@/api/types";
import { formatBytes, formatFull, plural, shortModel } from "@/lib/format";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { StateDot } from "@/ui/state-dot";
import type { Detail } from "../model/place";
import { stateWords } from "../model/state-words";
import { RestoreButton } from "./restore-button";
import { ResumeButton } from "./resume-button";
import { SessionCost } from "./session-cost";
import { TagChip } from "./tag-chip";
import styles from "./session-head.module.css";

const details: readonly { name: Detail; label: string }[] = [
  { name: "all", label: "Everything" },
  { name: "edits", label: "Conversation and edits" },
  { name: "talk", label: "Conversation only" },
];

interface Props {
  session: SessionSummary | undefined;
  detail: Detail;
  onDetail: (detail: Detail) => void;
  outline: boolean;
  panel: boolean;
  onOutline: () => void;
  onPanel: () => void;
  onFind: () => void;
  onUsage: () => void;
  onStar: (session: SessionSummary) => void;
  onCurate: () => void;
  onExport: () => void;
}

export function SessionHead({ session, detail, onDetail, outline, panel, onOutline, onPanel, onFind, onUsage, onStar, onCurate, onExport }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async (command: string) => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <header className={styles.head}>
      <Link to="/sessions" search={{}} className={styles.back} aria-label="Back to the sessions">
        <Icon name="back" />
      </Link>
      <div className={styles.names}>
        <h1 className={styles.title}>{session?.title ?? "…"}</h1>
        {session === undefined ? (
          // As high as what comes, so that nothing below it moves.
          <p className={styles.meta}>&nbsp;</p>
        ) : (
          <p className={styles.meta}>
            <StateDot tone={session.state} label={stateWords[session.state].word} means={stateWords[session.state].means} shown />
            <span title={session.projectPath ?? undefined}>{session.project}</span>
            {session.branch !== null && <span>{session.branch}</span>}
            <span>{agentNames[session.agent]} {session.version ?? ""}</span>
            {session.model !== null && <span title={session.model}>{shortModel(session.model)}</span>}
            {session.marks.archived && <span>archived</span>}
            {session.marks.tags.map((tag) => <TagChip key={tag} name={tag} />)}
            <SessionCost sessionId={session.id} onOpen={onUsage} />
            <span title={`started ${formatFull(session.startedAtMs)}`}>{plural(session.items, "item")}</span>
            <span>{formatBytes(session.sizeBytes)}</span>
            {session.indexed < 1 && <span>{Math.floor(session.indexed * 100)} % indexed</span>}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <select className={styles.detail} aria-label="Level of detail" value={detail} onChange={(event) => onDetail(readDetail(event.target.value))}>
          {details.map(({ name, label }) => (
            <option key={name} value={name}>{label}</option>
          ))}
        </select>
        {session !== undefined && (
          <>
            {/* A phone's line has room for one of the two; the dialog has the star as well. */}
            <span className={styles.wide}>
              <Button icon="star" look="quiet" aria-label="Star" title="Star (s)" aria-pressed={session.marks.starred} onClick={() => onStar(session)} />
            </span>
            <Button icon="tag" look="quiet" aria-label="Title, marks and tags" title="Title, marks and tags (l)" onClick={onCurate} />
          </>
        )}
        <Button icon="search" look="quiet" aria-label="Find in this session" title="Find (f)" onClick={onFind} />
        {session?.state === "kept" && <RestoreButton sessionId={session.id} wordClass={styles.wide} />}
        {session !== undefined && <ResumeButton sessionId={session.id} wordClass={styles.wide} />}
        {session !== undefined && (
          <Button
            icon="copy"
            look="quiet"
            aria-label="Copy the resume command"
            title={resumeCommand(session)}
            onClick={() => void copy(resumeCommand(session))}
          >
            {copied ? "Copied" : <span className={styles.wide}>Command</span>}
          </Button>
        )}
        {session !== undefined && <Button icon="export" look="quiet" aria-label="Export" title="Export (e)" onClick={onExport} />}
        <Button icon="outline" look="quiet" aria-label="Outline" title="Outline (o)" aria-pressed={outline} onClick={onOutline} />
        <Button icon="panel" look="quiet" aria-label="Panel" title="Panel (i)" aria-pressed={panel} onClick={onPanel} />
      </div>
    </header>
  );
}

const readDetail = (value: string): Detail => details.find((detail) => detail.name === value)?.name ?? "all";
