import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BriefWord } from "@/api/types";
import { formatAge } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { useNow } from "@/lib/use-now";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getBrief, getLineage, listRelated } from "../api/understand";
import { useViewer } from "../hooks/viewer-context";
import { loopNames } from "../model/loops";
import styles from "./panel-brief.module.css";

/** What somebody needs who comes back: goal, where it stands, what is open, where it comes from, what else is about the same. */
export function BriefTab({ onPicked }: { onPicked: () => void }) {
  const viewer = useViewer();
  const brief = useQuery(getBrief(viewer.sessionId));
  if (brief.isPending) return <Skeleton label="Loading the brief" rows={6} size="line" />;
  if (brief.isError) return <ErrorFace title="No brief" error={brief.error} onRetry={() => void brief.refetch()} />;
  if (brief.data.brief === null) return <Face title="Not worked out yet">It is, a moment after the session was read.</Face>;
  const { goal, lastAsk, lastWord, decisions, files, commits, next } = brief.data.brief;
  const show = (item: string) => {
    viewer.jump(item, true);
    onPicked();
  };
  const word = (name: string, said: BriefWord | null) => said !== null && <Part name={name} words={[said]} onShow={show} />;
  return (
    <div className={styles.brief}>
      {word("Goal", goal)}
      {word("Last asked", lastAsk)}
      {word("Last word", lastWord)}
      {word("Next", next)}
      {brief.data.loops.length > 0 && (
        <section>
          <h2 className={styles.heading}>Open</h2>
          <ul>
            {brief.data.loops.map((loop) => (
              <li key={loop.kind}>
                <button type="button" className={styles.word} onClick={() => show(loop.item)}>
                  <b>{loopNames[loop.kind]}:</b> {visibleText(loop.text)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Part name="On the way" words={decisions} onShow={show} />
      <Part name="Commits" words={commits} onShow={show} />
      {files.length > 0 && (
        <section>
          <h2 className={styles.heading}>Changed last</h2>
          <ul className={styles.files}>{files.map((file) => <li key={file} title={file}>{visibleText(file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1))}</li>)}</ul>
        </section>
      )}
      <Family sessionId={viewer.sessionId} />
      <Related sessionId={viewer.sessionId} />
    </div>
  );
}

function Part({ name, words, onShow }: { name: string; words: readonly BriefWord[]; onShow: (item: string) => void }) {
  if (words.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{name}</h2>
      <ul>
        {words.map((word) => (
          <li key={word.item}>
            <button type="button" className={styles.word} onClick={() => onShow(word.item)}>{visibleText(word.text)}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Family({ sessionId }: { sessionId: string }) {
  const { data } = useQuery(getLineage(sessionId));
  const agents = data?.nodes.reduce((count, node) => count + node.agents.length, 0) ?? 0;
  if (data === undefined || (data.nodes.length < 2 && agents === 0)) return null;
  return (
    <section>
      <h2 className={styles.heading}>Lineage</h2>
      <ul>
        {data.nodes.map((node) => (
          <li key={node.id} className={styles.node} data-depth={Math.min(node.depth, 4)} aria-current={node.id === sessionId || undefined}>
            <Link to="/sessions/$sessionId" params={{ sessionId: node.id }} search={{ panel: "brief" }} className={styles.link}>{node.title}</Link>
            <span className={styles.sub}>
              {[node.relation ?? (data.nodes.length > 1 ? "the first" : null), node.agents.length > 0 ? `${node.agents.length} subagents` : null].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Related({ sessionId }: { sessionId: string }) {
  const now = useNow();
  const { data } = useQuery(listRelated(sessionId));
  if (data === undefined || data.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>Related</h2>
      <ul>
        {data.map(({ session, reasons, files }) => (
          <li key={session.id} className={styles.node}>
            <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} search={{ panel: "brief" }} className={styles.link}>{session.title}</Link>
            <span className={styles.sub} title={files.join("\n")}>{[...reasons, formatAge(session.lastAtMs, now)].join(" · ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
