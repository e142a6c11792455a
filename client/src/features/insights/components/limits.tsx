import { useQuery } from "@tanstack/react-query";
import { agentNames } from "@/api/agent-names";
import { costOf } from "@/lib/cost";
import { formatCompact, formatFull, plural } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { getLimits } from "../api/get-limits";
import { lengthOf, levelOf, linesOf, nameOf } from "../model/limits";
import styles from "./limits.module.css";

/** How much of the plans' windows is used, as their services said. Where nobody said it, what was used, and that it is inferred. */
export function Limits() {
  const limits = useQuery(getLimits());
  const now = useNow(60_000);
  if (limits.data === undefined || limits.data.windows.length + limits.data.used.length === 0) return null;
  return (
    <section className={styles.limits} aria-labelledby="limits">
      <h2 id="limits">Usage windows</h2>
      <ul className={styles.windows}>
        {limits.data.windows.map((window) => {
          const name = nameOf(window);
          return (
            <li key={`${window.agent} ${window.name} ${window.windowMinutes}`} className={styles.window} data-level={levelOf(window)}>
              <p className={styles.name}>{name}{window.plan !== null && <span className={styles.soft}> · {window.plan}</span>}</p>
              <div className={styles.track} role="meter" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={window.usedPercent} aria-valuetext={`${window.usedPercent} % used`}>
                <span className={styles.fill} style={{ width: `${window.usedPercent}%` }} />
              </div>
              <p className={styles.used}>{window.state === "over" ? "It was used " : ""}{Math.round(window.usedPercent)} %{window.state === "over" ? "" : " used"}</p>
              {linesOf(window, now).map((line) => <p key={line} className={styles.soft} title={formatFull(window.saidAtMs)}>{line}</p>)}
            </li>
          );
        })}
        {limits.data.used.map((used) => (
          <li key={`${used.agent} ${used.windowMinutes}`} className={styles.window} data-level="inferred">
            <p className={styles.name}>{agentNames[used.agent as keyof typeof agentNames]}, last {lengthOf(used.windowMinutes)}<span className={styles.soft}> · inferred</span></p>
            <p className={styles.used}>{formatCompact(used.tokens)} tokens</p>
            <p className={styles.soft}>{plural(used.responses, "response")}{costOf(used) === null ? "" : `, ${costOf(used)?.text} API-equivalent`}. No limit is reported, so nobody knows of how much.{used.agent === "claude-code" && " Its status line can report it: the README says how."}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
