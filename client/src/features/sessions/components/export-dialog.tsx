import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { exportUrl, listSecrets, type ExportChoice, type ExportFormat } from "../api/export-session";
import { secretWords } from "../model/secret-words";
import styles from "./export-dialog.module.css";

const formats: readonly { name: ExportFormat; label: string; means: string }[] = [
  { name: "html", label: "Page", means: "opens in any browser, needs nothing else" },
  { name: "md", label: "Markdown", means: "for a repository or an issue" },
  { name: "json", label: "JSON", means: "for programs" },
];

/** What of the session goes into the file, and what will be masked in it, before it is fetched. */
export function ExportDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const [choice, setChoice] = useState<ExportChoice>({ format: "html", tools: true, subagents: true, mask: true });
  const secrets = useQuery(listSecrets(sessionId, choice));
  const change = (part: Partial<ExportChoice>) => setChoice((now) => ({ ...now, ...part }));
  const found = secrets.data;
  const told = secrets.isError ? "What is secret in it could not be told." : found === undefined ? "Looking for secrets…" : secretWords(found.places, found.secrets);
  return (
    <Dialog label="Export" shape="box" open onClose={onClose}>
      <div className={styles.parts}>
        <fieldset className={styles.group}>
          <legend>Format</legend>
          {formats.map(({ name, label, means }) => (
            <label key={name} className={styles.choice}>
              <input type="radio" name="format" checked={choice.format === name} onChange={() => change({ format: name })} />
              <span>{label}</span>
              <span className={styles.means}>{means}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className={styles.group}>
          <legend>With</legend>
          <label className={styles.choice}>
            <input type="checkbox" checked={choice.tools} onChange={(event) => change({ tools: event.target.checked })} />
            <span>Tool output</span>
          </label>
          <label className={styles.choice}>
            <input type="checkbox" checked={choice.subagents} onChange={(event) => change({ subagents: event.target.checked })} />
            <span>Subagents</span>
          </label>
          <label className={styles.choice}>
            <input type="checkbox" checked={choice.mask} onChange={(event) => change({ mask: event.target.checked })} />
            <span>Mask secrets</span>
          </label>
        </fieldset>
        <p className={styles.told} data-warn={(!choice.mask && found !== undefined && found.secrets.length > 0) || undefined} role="status">
          {told} {found !== undefined && found.secrets.length > 0 && (choice.mask ? "They will be masked, and listed in the file." : "They will stand in the file as they are.")}
        </p>
        <a className={styles.download} href={exportUrl(sessionId, choice)} download onClick={onClose}>
          <Icon name="down" />
          Download
        </a>
      </div>
    </Dialog>
  );
}
