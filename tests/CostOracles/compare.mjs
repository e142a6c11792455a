#!/usr/bin/env node
// Compares what a running Muse counted of a home with what other tools count of it, by agent, UTC day and model.
//
//   npm install --ignore-scripts --prefix FOLDER ccusage@18.0.11 @ccusage/codex@18.0.11 @tokscale/core@1.4.3
//   node tests/CostOracles/compare.mjs --home HOME --muse http://127.0.0.1:6873 --tools FOLDER [--save FILE]
//
// Prints a table of the differences, and how much agreed; --save keeps what the tools said as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { oraclesOf } from "./oracles.mjs";

const { values } = parseArgs({ options: { home: { type: "string" }, muse: { type: "string" }, tools: { type: "string" }, save: { type: "string" } } });
if (!values.home || !values.muse || !values.tools) throw new Error("Give --home, --muse and --tools.");

async function museRows() {
  const days = new Map();
  let cursor = "";
  do {
    const answer = await fetch(`${values.muse}/api/stats/responses?zone=UTC&limit=10000${cursor}`);
    if (!answer.ok) throw new Error(`Muse answered ${answer.status}.`);
    const page = await answer.json();
    for (const r of page.rows) {
      const day = new Date(r.atMs).toISOString().slice(0, 10);
      const key = [r.agent, day, r.model ?? ""].join("\n");
      const sum = days.get(key) ?? { agent: r.agent, day, model: r.model ?? "", input: 0, write: 0, write1h: 0, read: 0, output: 0, cost: 0, unpriced: 0, rows: 0 };
      sum.input += r.inputTokens;
      sum.write += r.cacheWrite5mTokens + r.cacheWrite1hTokens;
      sum.write1h += r.cacheWrite1hTokens;
      sum.read += r.cacheReadTokens;
      sum.output += r.outputTokens;
      sum.cost += (r.costMicroUsd ?? 0) / 1e6;
      sum.unpriced += r.costMicroUsd === null ? 1 : 0;
      sum.rows += 1;
      days.set(key, sum);
    }
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  return days;
}

const kinds = ["input", "write", "read", "output"];
const muse = await museRows();
const oracles = oraclesOf(values.home, values.tools).filter((o) => kinds.some((kind) => o[kind] !== 0));
if (values.save) {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  const rows = oracles.map((row) => `  ${JSON.stringify(row)}`).join(",\n");
  writeFileSync(values.save, `{\n "tools": ${JSON.stringify(dependencies)},\n "rows": [\n${rows}\n ]\n}\n`);
}

const lines = ["| tool | agent | day | model | kind | Muse | tool | difference |", "| --- | --- | --- | --- | --- | --- | --- | --- |"];
const tally = {};
for (const tool of ["ccusage", "@ccusage/codex", "tokscale"]) {
  const theirs = new Map(oracles.filter((o) => o.tool === tool).map((o) => [[o.agent, o.day, o.model].join("\n"), o]));
  const covered = new Set([...theirs.values()].map((o) => o.agent));
  const keys = new Set([...theirs.keys(), ...[...muse].filter(([, m]) => covered.has(m.agent) && kinds.some((kind) => m[kind] !== 0)).map(([key]) => key)]);
  const count = (tally[tool] = { compared: 0, tokensEqual: 0, dollarsCompared: 0, dollarsWithin: 0 });
  for (const key of [...keys].sort()) {
    const [agent, day, model] = key.split("\n");
    const [ours, other] = [muse.get(key), theirs.get(key)];
    count.compared += 1;
    const off = kinds.filter((kind) => (ours?.[kind] ?? 0) !== (other?.[kind] ?? 0));
    count.tokensEqual += off.length === 0 ? 1 : 0;
    for (const kind of off) lines.push(`| ${tool} | ${agent} | ${day} | ${model} | ${kind} | ${ours?.[kind] ?? "–"} | ${other?.[kind] ?? "–"} | ${(other?.[kind] ?? 0) - (ours?.[kind] ?? 0)} |`);
    if (off.length > 0 || other?.cost == null || !ours || ours.unpriced === ours.rows) continue;
    count.dollarsCompared += 1;
    const within = Math.abs(ours.cost - other.cost) <= Math.max(ours.cost * 0.001, 0.00001);
    count.dollarsWithin += within ? 1 : 0;
    if (!within) lines.push(`| ${tool} | ${agent} | ${day} | ${model} | USD | ${ours.cost.toFixed(6)} | ${other.cost.toFixed(6)} | ${(other.cost - ours.cost).toFixed(6)} (${ours.write1h} written for 1 h) |`);
  }
}
console.log(lines.join("\n"));
console.log();
for (const [tool, c] of Object.entries(tally)) {
  console.log(`${tool}: tokens equal in ${c.tokensEqual} of ${c.compared} days and models; of those, dollars within 0.1 % in ${c.dollarsWithin} of ${c.dollarsCompared}`);
}
