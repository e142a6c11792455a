import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Face } from "@/ui/face";
import { getRoots } from "../api/list-sessions";
import { countFilters, type Filters } from "../model/filters";
import styles from "./no-sessions.module.css";

export function NoSessions({ filters }: { filters: Filters }) {
  const { data } = useQuery(getRoots());
  if (countFilters(filters) > 0 || filters.q !== undefined)
    return (
      <Face title="No session matches" action={<Link to="/sessions" search={{}} className={styles.link}>Clear the filters</Link>}>
        Take a filter away, or look for another word in the title.
      </Face>
    );
  if (data?.state === "reading") return <Face title="Reading transcripts">The first sessions appear here in a moment.</Face>;
  return (
    <Face title="No sessions yet">
      <p>Muse looked in these folders. Sessions appear by themselves as soon as an agent writes one.</p>
      <ul className={styles.roots}>
        {(data?.roots ?? []).map((root) => (
          <li key={root.agent + root.path}>
            <code className={styles.path}>{root.path}</code> – {root.problem ?? (root.exists ? "no transcripts" : "no such folder")}{" "}
            ({root.from === "default" ? "default place" : `from ${root.from}`})
          </li>
        ))}
      </ul>
      <p>
        To look elsewhere, set CLAUDE_CONFIG_DIR, CODEX_HOME or GEMINI_CLI_HOME, or name the folders in the configuration, and start Muse
        again. <Link to="/status" className={styles.link}>Status</Link> shows what is read.
      </p>
    </Face>
  );
}
