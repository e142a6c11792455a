import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { formatCount } from "@/lib/format";
import { useKeys } from "@/lib/keyboard";
import { Button } from "@/ui/button";
import { findInSession } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import { nextMatch } from "../model/matches";
import styles from "./find-bar.module.css";

interface Props {
  agentId: string | null;
  text: string;
  /** Grows whenever the reader asks for the field. */
  asked: number;
  onText: (text: string) => void;
  onClose: () => void;
}

export function FindBar({ agentId, text, asked, onText, onClose }: Props) {
  const viewer = useViewer();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const found = useInfiniteQuery({ ...findInSession(viewer.sessionId, agentId, text), placeholderData: (previous) => previous });
  const matches = text === "" ? [] : (found.data?.pages.flatMap((page) => page.matches) ?? []);
  const at = matches.findIndex((match) => match.id === viewer.active?.id);

  useEffect(() => input.current?.select(), [asked]);
  useEffect(() => {
    const timer = setTimeout(() => onText(typed.trim()), 200);
    return () => clearTimeout(timer);
  }, [typed, onText]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    // Ahead of the reader, so that "next" never has to wait at the end of a page.
    if (hasNextPage && !isFetchingNextPage && at > matches.length - 50) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, at, matches.length]);

  const go = (by: 1 | -1) => {
    const match = nextMatch(matches, viewer.active?.id ?? null, by);
    if (match !== null) viewer.jump(match.id, match.kind !== "prompt" && match.kind !== "reply");
  };
  // The first match is shown as soon as there is one; later answers to the same words move nobody, and an address that
  // names an item besides the words is of that item.
  const hasTyped = useRef(false);
  const show = useEffectEvent(() => at === -1 && (hasTyped.current || viewer.active === null) && go(1));
  const answered = found.data !== undefined && !found.isPlaceholderData;
  useEffect(() => {
    if (text !== "" && answered) show();
  }, [text, answered]);
  useKeys({ n: () => go(1), p: () => go(-1) });

  const total = found.data?.pages[0]?.total ?? 0;
  const words = text === "" ? "" : total === 0 ? "nothing found" : `${at === -1 ? "–" : formatCount(at + 1)} of ${formatCount(total)}`;
  return (
    <div className={styles.bar} role="search">
      <input
        ref={input}
        className={styles.input}
        type="search"
        aria-label="Find in this session"
        placeholder="Find in this session, tool output included"
        value={typed}
        autoFocus
        onChange={(event) => {
          hasTyped.current = true;
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            go(event.shiftKey ? -1 : 1);
            if (!event.shiftKey) event.currentTarget.blur();
          }
          if (event.key === "Escape") onClose();
        }}
      />
      <span className={styles.count} role="status">{found.isFetching && !isFetchingNextPage ? "…" : found.isError ? "could not look" : words}</span>
      <Button icon="up" look="quiet" aria-label="Previous match" disabled={matches.length === 0} onClick={() => go(-1)} />
      <Button icon="down" look="quiet" aria-label="Next match" disabled={matches.length === 0} onClick={() => go(1)} />
      <Button icon="close" look="quiet" aria-label="Close find" onClick={onClose} />
    </div>
  );
}
