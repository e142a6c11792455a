import { Link } from "@tanstack/react-router";
import { agentNames } from "@/api/agent-names";
import type { BilledResponse } from "@/api/types";
import { costMeaning, formatExactUsd } from "@/lib/cost";
import { formatCount, formatTimeIn, shortModel } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { DataTable } from "@/ui/data-table";
import { folderOf } from "../model/series";
import styles from "./response-table.module.css";

/** Each response with its tokens and its price; its time leads to where it stands in its session. */
export const ResponseTable = ({ rows, zone }: { rows: readonly BilledResponse[]; zone: string }) => (
  <div className={styles.table}>
    <DataTable
      label="Responses"
      columns={[
        { label: `Time, ${zone}` },
        { label: "Session" },
        { label: "Model" },
        { label: "Input", number: true },
        { label: "Write 5 min", number: true },
        { label: "Write 1 h", number: true },
        { label: "Cache read", number: true },
        { label: "Output", number: true },
        { label: "Cost", number: true },
      ]}
      rows={rows.map((row) => ({ key: row.id, cells: cellsOf(row, zone) }))}
    />
  </div>
);

function cellsOf(row: BilledResponse, zone: string) {
  return [
    <Link
      key="time"
      className={styles.link}
      to="/sessions/$sessionId"
      params={{ sessionId: row.sessionId }}
      search={{ at: String(row.atMs), ...(row.agentId === null ? {} : { agent: row.agentId }) }}
    >
      {formatTimeIn(row.atMs, zone)}
    </Link>,
    <span key="session">
      <span className={styles.title} title={visibleText(row.title ?? "")}>{visibleText(row.title ?? "a session that is gone")}</span>
      <span className={styles.soft}>
        {row.projectPath === null ? "no project" : folderOf(row.projectPath)}
        {row.agentId === null ? "" : ", subagent"}
      </span>
    </span>,
    <span key="model">
      {row.model === null ? "no model" : visibleText(shortModel(row.model))}
      <span className={styles.soft}>{agentName(row.agent)}</span>
    </span>,
    formatCount(row.inputTokens),
    formatCount(row.cacheWrite5mTokens),
    formatCount(row.cacheWrite1hTokens),
    formatCount(row.cacheReadTokens),
    <span key="output" title={row.reasoningTokens > 0 ? `${formatCount(row.reasoningTokens)} of it reasoning` : undefined}>{formatCount(row.outputTokens)}</span>,
    <Price key="price" row={row} />,
  ];
}

const agentName = (agent: string) => Object.entries(agentNames).find(([known]) => known === agent)?.[1] ?? visibleText(agent);

/** What it costs, and by which price. */
function Price({ row }: { row: BilledResponse }) {
  if (row.costMicroUsd === null) return <>{row.isAbsurd ? "a count that cannot be" : "unpriced"}</>;
  const how = [
    row.pricedAs === null ? "" : visibleText(row.pricedAs),
    row.pricesFrom === null ? "" : `price of ${row.pricesFrom}`,
    row.bandAboveTokens === null ? "" : `above ${formatCount(row.bandAboveTokens)} tokens of input`,
    row.fast ? "fast mode" : "",
    row.webSearches > 0 ? `${formatCount(row.webSearches)} web searches` : "",
  ].filter((part) => part !== "");
  return (
    <span title={costMeaning}>
      {formatExactUsd(row.costMicroUsd)}
      <span className={styles.soft}>{how.join(", ")}</span>
    </span>
  );
}
