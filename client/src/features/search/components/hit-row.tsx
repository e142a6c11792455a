import { Link } from "@tanstack/react-router";
import type { SearchHit } from "@/api/types";
import { formatAge, formatFull } from "@/lib/format";
import { partsOf } from "../model/groups";
import { placeOf } from "../model/place";
import styles from "./hit-row.module.css";

interface Props {
  session: string;
  hit: SearchHit;
  now: number;
}

const kindWords: Partial<Record<SearchHit["kind"], string>> = { prompt: "You", reply: "Agent" };

export const HitRow = ({ session, hit, now }: Props) => (
  <Link
    to="/sessions/$sessionId"
    params={{ sessionId: session }}
    search={placeOf(hit)}
    preload={false}
    className={styles.row}
    data-hit={`${session}:${hit.agentId ?? ""}:${hit.id}`}
  >
    <span className={styles.kind} data-kind={hit.kind}>
      {hit.kind === "tool" ? (hit.name ?? "tool") : (kindWords[hit.kind] ?? hit.kind)}
      {hit.agentId !== null && <span className={styles.sub}>subagent</span>}
    </span>
    <span className={styles.snippet}>
      {partsOf(hit).map((part, index) => (part.marked ? <mark key={index} className={styles.mark}>{part.text}</mark> : part.text))}
    </span>
    <time className={styles.age} title={formatFull(hit.atMs)}>{hit.atMs === null ? "" : formatAge(hit.atMs, now)}</time>
  </Link>
);
