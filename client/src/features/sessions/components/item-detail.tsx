import { useQuery } from "@tanstack/react-query";
import { imageUrl } from "@/api/client";
import type { Item, ItemBody } from "@/api/types";
import { formatBytes } from "@/lib/format";
import { visibleText } from "@/lib/sanitize";
import { Button } from "@/ui/button";
import { getItem } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import { Diff } from "./diff";
import styles from "./item-detail.module.css";
import { JsonTree } from "./json-tree";
import { Terminal } from "./terminal";

// The usual ones; an agent may write others.
const todoMarks: Record<string, string> = { pending: "○", in_progress: "◐", completed: "●" };
const todoWords: Record<string, string> = { pending: "to do", in_progress: "in progress", completed: "done" };

/** The inside of an unfolded item: whatever its body holds, most useful first. */
export function ItemDetail({ item, agentId }: { item: Item; agentId: string | null }) {
  const { sessionId, showRaw } = useViewer();
  const body = useQuery(getItem(sessionId, agentId, item.id));
  if (body.isPending) return <p className={styles.note}>Loading…</p>;
  if (body.isError)
    return (
      <p className={styles.note} role="alert">
        {body.error.message} <Button onClick={() => void body.refetch()}>Try again</Button>
      </p>
    );
  const { patches, todos, images, output, outputCut, outputBytes, text } = body.data;
  const input = inputOf(body.data);
  return (
    <div className={styles.detail}>
      {input}
      {todos.length > 0 && (
        <ul className={styles.todos}>
          {todos.map((todo, index) => (
            <li key={index} data-status={todo.status}>
              <span aria-hidden="true">{todoMarks[todo.status] ?? "·"}</span> {visibleText(todo.content)}
              <span className="visually-hidden"> ({todoWords[todo.status] ?? visibleText(todo.status)})</span>
            </li>
          ))}
        </ul>
      )}
      {patches.map((patch, index) => (
        <Diff key={index} patch={patch} />
      ))}
      {text !== null && text !== "" && <Terminal output={text} />}
      {output !== null && output !== "" && !(patches.length > 0 && item.status === "ok") && <Terminal output={output} />}
      {outputCut && (
        <p className={styles.note}>
          Cut: the whole output is {formatBytes(outputBytes)}. <Button onClick={() => showRaw(item.id)}>Raw line</Button>
        </p>
      )}
      {images.map((image) => (
        <img
          key={image.index}
          className={styles.image}
          loading="lazy"
          alt={`Image ${image.index + 1}, ${image.mediaType}, ${formatBytes(image.bytes)}`}
          src={imageUrl(sessionId, item.id, image.index, agentId)}
        />
      ))}
      {item.status === "running" && <p className={styles.note}>Still running: no result has been written yet.</p>}
    </div>
  );
}

function inputOf({ input, patches, todos }: ItemBody) {
  if (input === null || input === undefined || todos.length > 0) return null;
  const command = commandOf(input);
  if (command !== null) return <pre className={styles.command} tabIndex={0}>{visibleText(command)}</pre>;
  // The diff shows what an edit was asked to do, and better.
  return patches.length > 0 ? null : (
    <div className={styles.input} tabIndex={0} role="group" aria-label="Input">
      <JsonTree value={input} />
    </div>
  );
}

function commandOf(input: unknown): string | null {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null) return null;
  const command = "command" in input ? input.command : "cmd" in input ? input.cmd : null;
  if (typeof command === "string") return command;
  return Array.isArray(command) ? command.map(String).join(" ") : null;
}
