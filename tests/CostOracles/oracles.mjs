// What the other tools count in a home: rows of { tool, agent, day (UTC), model, input, write, read, output, cost }.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const agents = { claude: "claude-code", codex: "codex", gemini: "gemini" };

/** @param {string} home a home folder  @param {string} tools the folder with the tools' node_modules */
export function oraclesOf(home, tools) {
  return [...ccusage(home, tools), ...ccusageCodex(home, tools), ...tokscale(home, tools)];
}

function run(tools, bin, args, home) {
  const env = { ...process.env, HOME: home, CLAUDE_CONFIG_DIR: join(home, ".claude"), CODEX_HOME: join(home, ".codex"), TZ: "UTC", LOG_LEVEL: "0" };
  return JSON.parse(execFileSync(process.execPath, [join(tools, "node_modules/.bin", bin), ...args], { env, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }).toString());
}

function ccusage(home, tools) {
  const { daily } = run(tools, "ccusage", ["daily", "--json", "--breakdown", "--offline", "--mode", "calculate", "-z", "UTC"], home);
  return daily.flatMap((day) =>
    day.modelBreakdowns.map((m) => ({
      tool: "ccusage", agent: "claude-code", day: day.date, model: m.modelName, input: m.inputTokens, write: m.cacheCreationTokens, read: m.cacheReadTokens,
      output: m.outputTokens, cost: m.cost,
    })),
  );
}

function ccusageCodex(home, tools) {
  const { daily } = run(tools, "ccusage-codex", ["daily", "--json", "--offline", "-z", "UTC"], home);
  return daily.flatMap((day) =>
    Object.entries(day.models).map(([model, m], _index, all) => ({
      tool: "@ccusage/codex", agent: "codex", day: new Date(`${day.date} UTC`).toISOString().slice(0, 10), model, input: m.inputTokens - m.cachedInputTokens,
      write: 0, read: m.cachedInputTokens, output: m.outputTokens,
      // It tells the cost of a day, not of its models.
      cost: all.length === 1 ? day.costUSD : null,
    })),
  );
}

// Its prices come from the network; its tokens do not.
function tokscale(home, tools) {
  const core = createRequire(join(tools, "package.json"))("@tokscale/core");
  const days = new Map();
  for (const m of core.parseLocalSources({ homeDir: home, sources: Object.keys(agents) }).messages) {
    const day = new Date(m.timestamp).toISOString().slice(0, 10);
    const key = [m.source, day, m.modelId].join("\n");
    const sum = days.get(key) ?? { tool: "tokscale", agent: agents[m.source], day, model: m.modelId, input: 0, write: 0, read: 0, output: 0, cost: null };
    sum.input += m.input;
    sum.write += m.cacheWrite;
    sum.read += m.cacheRead;
    sum.output += m.output + (m.source === "gemini" ? m.reasoning : 0);
    days.set(key, sum);
  }
  return [...days.values()];
}
