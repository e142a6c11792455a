import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Item } from "@/api/types";
import { imageUrl } from "@/api/client";
import { visibleText } from "@/lib/sanitize";
import { Button } from "@/ui/button";
import { getItem } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./prose.module.css";

const Markdown = lazy(() => import("./markdown").then((module) => ({ default: module.Markdown })));

interface Props {
  item: Item;
  agentId: string | null;
  quiet?: boolean;
}

/** The words of a prompt, reply or thought, with the rest fetched when asked for. */
export function Prose({ item, agentId, quiet = false }: Props) {
  const { sessionId } = useViewer();
  const [whole, setWhole] = useState(false);
  const body = useQuery({ ...getItem(sessionId, agentId, item.id), enabled: whole });
  const text = visibleText(body.data?.text ?? item.text ?? item.preview);
  return (
    <div className={styles.prose} data-quiet={quiet || undefined}>
      {item.kind === "error" ? (
        <pre className={styles.plain}>{text}</pre>
      ) : (
        <Suspense fallback={<p className={styles.plain}>{text}</p>}>
          <Markdown text={text} />
        </Suspense>
      )}
      {item.images > 0 &&
        Array.from({ length: item.images }, (_, index) => (
          <img
            key={index}
            className={styles.image}
            loading="lazy"
            alt={`Attachment ${index + 1}`}
            src={imageUrl(sessionId, item.id, index, agentId)}
          />
        ))}
      {item.cut && !whole && <Button onClick={() => setWhole(true)}>Show the rest</Button>}
      {whole && body.data?.textCut === true && <p className={styles.more}>Longer still: the raw line has all of it.</p>}
      {whole && body.isError && <p className={styles.more}>The rest could not be loaded.</p>}
    </div>
  );
}
