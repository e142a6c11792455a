import { useQuery } from "@tanstack/react-query";
import { useId, useState, type FormEvent, type KeyboardEvent } from "react";
import { agentNames } from "@/api/agent-names";
import type { Agent, Started } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { getProjects, startAgent } from "../api/start-agent";
import { checkReply } from "../model/reply";
import styles from "./new-agent.module.css";

interface Props {
  onStarted: (started: Started, prompt: string) => void;
  onClose: () => void;
}

const agents: readonly Agent[] = ["claude-code", "codex", "gemini"];

/** Starts an agent in a tmux window of its own. */
export function NewAgent({ onStarted, onClose }: Props) {
  const projects = useQuery(getProjects());
  const [agent, setAgent] = useState<Agent>("claude-code");
  const [folder, setFolder] = useState("");
  const [prompt, setPrompt] = useState("");
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const folders = useId();
  const check = checkReply(prompt);
  const ready = folder.trim() !== "" && check.kind !== "too-long" && !starting;

  const start = async () => {
    if (!ready) return;
    setStarting(true);
    setProblem(null);
    try {
      const started = await startAgent({ agent, folder: folder.trim(), ...(check.kind !== "empty" && { prompt }) });
      if (started.promptProblem === null || started.cardId !== null) return onStarted(started, prompt);
      // Without a card there is no draft to keep the text in.
      setProblem(`It was started in tmux, ${started.place}, but its prompt was not sent. ${started.promptProblem} Copy the text before you close this.`);
      setStarting(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "It could not be started.");
      setStarting(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void start();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void start();
  };
  return (
    <Dialog label="New agent" open onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit} onKeyDown={onKeyDown}>
        <label className={styles.field}>
          Agent
          <select className={styles.input} value={agent} onChange={(event) => setAgent(agents.find((each) => each === event.target.value) ?? agent)}>
            {agents.map((each) => <option key={each} value={each}>{agentNames[each]}</option>)}
          </select>
        </label>
        <label className={styles.field}>
          Folder
          <input
            className={styles.input}
            type="text"
            list={folders}
            value={folder}
            placeholder="/home/…, or part of a project's name"
            autoComplete="off"
            autoFocus
            spellCheck={false}
            onChange={(event) => setFolder(event.target.value)}
          />
        </label>
        <datalist id={folders}>
          {(projects.data ?? []).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
        </datalist>
        <label className={styles.field}>
          First prompt, if it has one
          <textarea className={styles.input} rows={4} value={prompt} onChange={(event) => setPrompt(event.target.value)} />
        </label>
        {check.kind === "too-long" && <p role="alert" className={styles.problem}>A first prompt has at most 64 KB. Put longer text into a file and name the file.</p>}
        {problem !== null && <p role="alert" className={styles.problem}>{problem}</p>}
        <div className={styles.foot}>
          <p className={styles.hint}>{starting && prompt !== "" ? "Started; the prompt waits until it can be taken." : "It gets a window of its own in tmux."}</p>
          <Button look="main" type="submit" disabled={!ready}>{starting ? "Starting…" : "Start"}</Button>
        </div>
      </form>
    </Dialog>
  );
}
