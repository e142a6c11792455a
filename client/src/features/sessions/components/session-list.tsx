import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import { useKeys } from "@/lib/keyboard";
import { phone, useMedia } from "@/lib/use-media";
import { useNotice } from "@/lib/use-notice";
import { useNow } from "@/lib/use-now";
import { Button } from "@/ui/button";
import { ErrorFace } from "@/ui/face";
import { Notice, UndoNotice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import type { Mark } from "../api/curation";
import { listSessions } from "../api/list-sessions";
import { useBulk } from "../hooks/use-bulk";
import { useKeptScroll } from "../hooks/use-kept-scroll";
import { useLiveList } from "../hooks/use-live-list";
import { isMarked, useMarking } from "../hooks/use-marking";
import type { Filters } from "../model/filters";
import { costsOf, flatten } from "../model/live-list";
import { extend, keep, nothing, toggle } from "../model/selection";
import { BulkBar } from "./bulk-bar";
import { NoSessions } from "./no-sessions";
import styles from "./session-list.module.css";
import { RowHead, SessionRow } from "./session-row";

/** In pixels, equal to --row and --row-tall. */
const rowHeight = { wide: 44, phone: 88 };

interface Props {
  filters: Filters;
  /** A tap selects instead of opening: how a finger does what a pointer does at the edge of a row. */
  selecting: boolean;
  onSelecting: (selecting: boolean) => void;
}

export function SessionList({ filters, selecting, onSelecting }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  // By id and not by place: a row that is pinned, or written to, moves.
  const at = useRef<string | null>(null);
  const now = useNow();
  const isPhone = useMedia(phone);
  const height = isPhone ? rowHeight.phone : rowHeight.wide;
  const list = useInfiniteQuery(listSessions(filters));
  const rows = useMemo(() => flatten(list.data), [list.data]);
  const costs = useMemo(() => costsOf(list.data), [list.data]);
  const navigate = useNavigate();
  const [notice, notify] = useNotice();
  const live = useLiveList(filters, () => (scroller.current?.scrollTop ?? 0) < height);
  const [offset, keepOffset] = useKeptScroll(JSON.stringify(filters));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: offset,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    // Half a page ahead, so that a steady scroll never meets the end.
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 50) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const move = (step: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row.id === at.current) + step));
    const id = rows[index]?.id;
    at.current = id ?? null;
    virtual.scrollToIndex(index, { align: "auto" });
    // The row may only be drawn in the next frame.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true }),
    );
  };
  const turn = useMarking(notify);
  const [picked, setPicked] = useState(nothing);
  const selection = keep(picked, rows);
  const chosen = selection.ids.size === 0 ? [] : rows.filter((row) => selection.ids.has(row.id));
  const bulk = useBulk(notify);
  const clear = () => {
    setPicked(nothing);
    onSelecting(false);
  };
  const pick = (id: string | null, range: boolean) => id !== null && setPicked(range ? extend(selection, rows, id) : toggle(selection, id));
  const mark = (which: Mark) => {
    const session = rows.find((row) => row.id === at.current);
    if (chosen.length > 0) void bulk.change(chosen.map((row) => row.id), { mark: which, on: !chosen.every((row) => isMarked(row, which)) });
    else if (session !== undefined) void turn(session, which);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    s: () => mark("star"),
    t: () => mark("pin"),
    u: () => mark("read"),
    e: () => mark("archive"),
    x: () => pick(at.current, false),
    X: () => pick(at.current, true),
    Escape: clear,
  });

  const open = (event: MouseEvent) => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
    if (id !== undefined && selecting) {
      event.preventDefault();
      pick(id, false);
      return;
    }
    // A new tab or window is the browser's business.
    if (id === undefined || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ to: "/sessions/$sessionId", params: { sessionId: id }, search: {} });
  };

  if (list.isPending) return <Skeleton label="Loading sessions" rows={14} />;
  if (list.isError && rows.length === 0)
    return <ErrorFace title="The sessions could not be loaded" error={list.error} onRetry={() => void list.refetch()} />;
  const undo = <UndoNotice words={bulk.undo?.words} onUndo={() => bulk.undo?.run()} />;
  if (rows.length === 0)
    return (
      <>
        <NoSessions filters={filters} />
        {undo}
      </>
    );

  return (
    <div className={styles.list}>
      <RowHead />
      {live.waiting && (
        <div className={styles.waiting}>
          <Button
            icon="up"
            look="main"
            onClick={() => {
              scroller.current?.scrollTo({ top: 0 });
              live.settle();
            }}
          >
            The order has changed
          </Button>
        </div>
      )}
      <div ref={scroller} className={styles.scroller} role="list" aria-label="Sessions" tabIndex={0} onClick={open} onScroll={(event) => keepOffset(event.currentTarget.scrollTop)}>
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {visible.map((slot) => {
            const session = rows[slot.index];
            return session === undefined ? null : (
              <div
                key={slot.key}
                role="listitem"
                aria-posinset={slot.index + 1}
                aria-setsize={list.data?.pages[0]?.total ?? rows.length}
                className={styles.slot}
                style={{ transform: `translateY(${slot.start}px)` }}
                data-picked={selection.ids.has(session.id) || undefined}
                data-selecting={selecting || chosen.length > 0 || undefined}
                onFocus={() => void (at.current = session.id)}
              >
                {/* By key it is x on the row: a stop at each box would double the way through the list. */}
                <label className={styles.pick}>
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`Select ${session.title}`}
                    checked={selection.ids.has(session.id)}
                    onChange={(event) => pick(session.id, event.nativeEvent instanceof globalThis.MouseEvent && event.nativeEvent.shiftKey)}
                  />
                </label>
                <SessionRow session={session} cost={costs[session.id]} now={now} />
              </div>
            );
          })}
        </div>
      </div>
      {chosen.length > 0 && <BulkBar sessions={chosen} onChange={(change) => void bulk.change(chosen.map((row) => row.id), change)} onClear={clear} />}
      <Notice>{notice}</Notice>
      {undo}
    </div>
  );
}
