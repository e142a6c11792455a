import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { listNotes } from "../api/curation";
import type { Detail, Place } from "../model/place";
import type { Active, Viewer } from "./viewer-context";

interface Options {
  sessionId: string;
  place: Place;
  detail: Detail;
  onPlace: (change: (place: Place) => Place) => void;
  onAgent: (agentId: string | null) => void;
  onRaw: () => void;
  onNotes: () => void;
  onNotice: (words: string) => void;
}

const keyOf = (agentId: string | null, item: string) => `${agentId ?? ""}:${item}`;

/** Where the reader is in one session, kept in step with the address, and what is unfolded. */
export function useReader({ sessionId, place, detail, onPlace, onAgent, onRaw, onNotes, onNotice }: Options): Viewer {
  const { focus, agent } = place;
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(focus !== undefined && place.unfold !== undefined ? [keyOf(agent ?? null, focus)] : []),
  );
  const [active, setActive] = useState<Active | null>(focus === undefined ? null : { id: focus, align: "center", turn: 0 });
  const [noteOn, setNoteOn] = useState<string | null>(null);
  const notes = useQuery(listNotes(sessionId)).data?.notes;
  const noted = useMemo(() => new Set(notes?.flatMap((note) => (note.item === null ? [] : [keyOf(note.agent, note.item)]))), [notes]);
  const written = useRef(focus);

  // Back and forward move the reader too.
  useEffect(() => {
    if (focus === written.current) return;
    written.current = focus;
    setActive((now) => (focus === undefined ? null : { id: focus, align: "center", turn: (now?.turn ?? 0) + 1 }));
  }, [focus]);

  // Held back a little: browsers allow only so many changes of the address, and j may be held down.
  useEffect(() => {
    if (active === null || active.id === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = active.id;
      onPlace(({ unfold: _unfold, ...now }) => ({ ...now, focus: active.id }));
    }, 250);
    return () => clearTimeout(timer);
  }, [active, onPlace]);

  const go = useCallback((id: string, align: Active["align"]) => setActive((now) => ({ id, align, turn: (now?.turn ?? 0) + 1 })), []);
  const agentId = agent ?? null;
  return useMemo<Viewer>(
    () => ({
      sessionId,
      detail,
      active,
      jump: (item, unfold = false) => {
        if (unfold) setOpen((now) => new Set(now).add(keyOf(agentId, item)));
        go(item, "center");
      },
      step: (item) => go(item, "auto"),
      showAll: () => onPlace((now) => ({ ...now, detail: "all" })),
      isOpen: (of, item) => open.has(keyOf(of, item)),
      toggle: (of, item) =>
        setOpen((now) => {
          const next = new Set(now);
          if (!next.delete(keyOf(of, item))) next.add(keyOf(of, item));
          return next;
        }),
      openAgent: onAgent,
      showRaw: (item) => {
        go(item, "auto");
        onRaw();
      },
      noteOn,
      hasNote: (of, item) => noted.has(keyOf(of, item)),
      writeNote: (item) => {
        setNoteOn(item);
        if (item !== null) onNotes();
      },
      copyLink: (item, of) => {
        const query = new URLSearchParams({ focus: item, ...(of === null ? {} : { agent: of }) });
        navigator.clipboard.writeText(`${location.origin}/sessions/${sessionId}?${query}`).then(
          () => onNotice("Link copied"),
          () => onNotice("The browser does not allow copying"),
        );
      },
    }),
    [sessionId, detail, active, open, agentId, noteOn, noted, go, onPlace, onAgent, onRaw, onNotes, onNotice],
  );
}
