import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { StatsGroup } from "@/api/types";
import { costOf } from "@/lib/cost";
import { formatCompact, formatCount, formatPercent } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { phone, useMedia } from "@/lib/use-media";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { ErrorFace } from "@/ui/face";
import { ShareBar } from "@/ui/share-bar";
import { Skeleton } from "@/ui/skeleton";
import { getStats } from "../api/get-stats";
import { cachedPart, inputOf } from "../model/bins";
import type { Days, Split } from "../model/place";
import { folderOf, nameOf } from "../model/series";
import styles from "./breakdown.module.css";

const questions: Record<Split, string> = { model: "Which model?", project: "Which project?", agent: "Which agent?" };
const columnNames: Record<Split, string> = { model: "Model", project: "Project", agent: "Agent" };
/** More rows than this are shown when they are asked for; on a phone each is a card. */
const few = { wide: 8, phone: 4 };

interface Props {
  days: Days;
  by: Split;
  onOpen: (key: string | null) => void;
}

/** What each model, project or agent cost and used, what cost most first. */
export function Breakdown({ days, by, onOpen }: Props) {
  const first = useMedia(phone) ? few.phone : few.wide;
  const [all, setAll] = useState(false);
  const stats = useQuery(getStats({ ...days, by }));
  if (stats.isPending) return <Skeleton label="Loading the figures" rows={4} size="line" />;
  if (stats.isError) return <ErrorFace title="The figures could not be loaded" error={stats.error} onRetry={() => void stats.refetch()} />;
  const { groups, totals } = stats.data;
  const shown = all ? groups : groups.slice(0, first);
  return (
    <section className={styles.section} aria-label={questions[by]}>
      <h2 className={styles.title}>{questions[by]}</h2>
      <DataTable
        label={questions[by]}
        columns={[
          { label: columnNames[by] },
          { label: "Cost", number: true },
          { label: "Share" },
          { label: "Responses", number: true },
          { label: "Input", number: true },
          { label: "Output", number: true },
          { label: "From the cache", number: true },
        ]}
        rows={shown.map((group) => ({ key: group.key ?? "", cells: cellsOf(group, by, totals.costMicroUsd, onOpen) }))}
      />
      {groups.length > first && (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? `Show the first ${first}` : `Show all ${formatCount(groups.length)}`}
        </Button>
      )}
    </section>
  );
}

function cellsOf({ key, usage }: StatsGroup, by: Split, allMicroUsd: number, onOpen: Props["onOpen"]) {
  const cost = costOf(usage);
  const cached = cachedPart(usage);
  return [
    <Name key="name" by={by} value={key} onOpen={() => onOpen(key)} />,
    <span key="cost" title={cost?.title}>{cost?.text ?? "–"}</span>,
    <span key="share" className={styles.share}>
      <ShareBar part={allMicroUsd === 0 ? 0 : usage.costMicroUsd / allMicroUsd} />
    </span>,
    formatCount(usage.responses),
    <span key="input" title={formatCount(inputOf(usage))}>{formatCompact(inputOf(usage))}</span>,
    <span key="output" title={formatCount(usage.outputTokens)}>{formatCompact(usage.outputTokens)}</span>,
    cached === null ? "–" : formatPercent(cached),
  ];
}

function Name({ by, value, onOpen }: { by: Split; value: string | null; onOpen: () => void }) {
  const name = by === "project" && value !== null ? folderOf(value) : nameOf(by, value);
  return (
    <span>
      <button type="button" className={styles.name} aria-label={`Show the responses of ${name}`} onClick={onOpen}>
        {name}
      </button>
      {by === "project" && value !== null && <span className={styles.path}>{visibleText(value)}</span>}
    </span>
  );
}
