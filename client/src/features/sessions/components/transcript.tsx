import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keyboard";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { useTranscript } from "../hooks/use-transcript";
import { useViewer } from "../hooks/viewer-context";
import { endSlack, followAfterScroll, keepsBelow, type Anchor, type ScrollMark } from "../model/anchor";
import { shows } from "../model/detail";
import { estimateHeight } from "../model/estimate";
import { ItemRow } from "./item-row";
import styles from "./transcript.module.css";

interface Props {
  agentId: string | null;
  start: Anchor;
  /** Inside a tool call: a box of its own height, without keys and without following the address. */
  nested?: boolean;
  onRange?: (first: number | null, last: number | null) => void;
}

const markOf = (element: HTMLElement): ScrollMark => ({
  top: element.scrollTop,
  height: element.scrollHeight,
  viewport: element.clientHeight,
});

export function Transcript({ agentId, start, nested = false, onRange }: Props) {
  const viewer = useViewer();
  const { sessionId, detail } = viewer;
  const active = nested ? null : viewer.active;
  const scroller = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState(start);
  const [following, setFollowing] = useState(start.at === "tail");
  const [fresh, setFresh] = useState(0);
  const looksAt = useRef({ item: null as string | null, following });
  const mark = useRef<ScrollMark>({ top: 0, height: 0, viewport: 0 });

  const { window: loaded, query, load, loading, failed } = useTranscript({
    sessionId,
    agentId,
    detail,
    anchor,
    looksAt,
    onAdded: (count) => !looksAt.current.following && setFresh((now) => now + count),
  });
  const items = loaded?.items.filter((item) => shows(detail, item)) ?? [];
  const atEnd = loaded?.hasAfter === false;

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(items[index], scroller.current?.clientWidth ?? 800),
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    paddingStart: 8,
    paddingEnd: 24,
    // Holds the first visible item, by its id, when a page is put before it.
    anchorTo: "end",
    followOnAppend: following && atEnd,
    // Not following, nothing counts as the end: what is unfolded there must grow downwards.
    scrollEndThreshold: following ? endSlack : -1,
  });

  // The library leaves re-measured items alone while the reader scrolls up; here they are mostly replies whose Markdown
  // has just arrived, and what is above the fold must never move what is below it.
  virtual.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, { itemSizeCache, scrollOffset }) =>
    keepsBelow(item, scrollOffset ?? 0, !itemSizeCache.has(item.key));

  const placed = useRef("");
  const ready = items.length > 0;
  const place = `${anchor.at}:${anchor.at === "around" ? anchor.item : ""}:${detail}`;
  useLayoutEffect(() => {
    if (!ready || placed.current === place) return;
    placed.current = place;
    if (anchor.at === "tail") virtual.scrollToEnd();
    if (anchor.at === "around") {
      const index = items.findIndex((item) => item.id === anchor.item);
      if (index >= 0) virtual.scrollToIndex(index, { align: "center" });
    }
  });

  const turned = useRef(active?.turn ?? 0);
  useEffect(() => {
    if (active === null || loaded === undefined) return;
    const index = items.findIndex((item) => item.id === active.id);
    if (index === -1 && loaded.items.some((item) => item.id === active.id)) viewer.showAll();
    if (index === -1 && anchor.at === "around" && anchor.item === active.id) {
      if (detail !== "all" && !query.isFetching) viewer.showAll();
      return;
    }
    if (turned.current === active.turn) return;
    turned.current = active.turn;
    setFollowing(false);
    if (index === -1) setAnchor({ at: "around", item: active.id });
    else {
      virtual.scrollToIndex(index, { align: active.align });
      requestAnimationFrame(() => focusItem(scroller.current, active.id));
    }
  });

  const visible = virtual.getVirtualItems();
  const firstIndex = virtual.range?.startIndex ?? 0;
  const lastIndex = virtual.range?.endIndex ?? 0;
  const firstOrdinal = items[firstIndex]?.ordinal ?? null;
  const lastOrdinal = items[lastIndex]?.ordinal ?? null;
  useEffect(() => {
    looksAt.current = { item: items[firstIndex]?.id ?? null, following };
  });
  useEffect(() => onRange?.(firstOrdinal, lastOrdinal), [onRange, firstOrdinal, lastOrdinal]);

  const nearStart = firstIndex < 30;
  const nearEnd = lastIndex > items.length - 30;
  useEffect(() => {
    if (loaded === undefined || failed !== null || placed.current !== place) return;
    // A failed edge waits for the reader's retry; otherwise load ahead of the scroll, the way the reader goes first.
    if (nearStart && loaded.hasBefore) void load("before");
    else if (nearEnd && loaded.hasAfter) void load("after");
  }, [nearStart, nearEnd, loaded, failed, place, load]);

  const onScroll = () => {
    if (scroller.current === null) return;
    const now = markOf(scroller.current);
    const next = followAfterScroll(following, mark.current, now, !atEnd);
    mark.current = now;
    if (next !== following) setFollowing(next);
    if (next && fresh > 0) setFresh(0);
  };

  const toEnd = () => {
    setFresh(0);
    setFollowing(true);
    if (atEnd) virtual.scrollToEnd();
    else setAnchor({ at: "tail" });
  };
  const step = (by: number, only?: "prompt") => {
    const here = items.findIndex((item) => item.id === active?.id);
    let to = here === -1 ? (by > 0 ? firstIndex : firstIndex - 1) : here + by;
    while (only !== undefined && items[to] !== undefined && items[to]?.kind !== only) to += by;
    const item = items[to];
    if (item !== undefined) viewer.step(item.id);
  };
  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      "]": () => step(1, "prompt"),
      "[": () => step(-1, "prompt"),
      End: toEnd,
      Enter: () => active !== null && viewer.toggle(agentId, active.id),
      y: () => active !== null && viewer.copyLink(active.id, agentId),
    },
    !nested,
  );

  if (query.isPending) return <Skeleton label="Loading the conversation" rows={nested ? 3 : 12} size="line" />;
  if (query.isError && loaded === undefined)
    return <ErrorFace title="This conversation could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0 && loading === null)
    return <Face title="Nothing to show here">{detail === "all" ? "No item has been written yet." : "At this level of detail there is nothing. Show everything to see the rest."}</Face>;

  return (
    <div className={styles.transcript} data-nested={nested || undefined}>
      <div ref={scroller} className={styles.scroller} role="feed" aria-label="Conversation" aria-busy={loading !== null} tabIndex={0} onScroll={onScroll}>
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {visible.map((slot) => {
            const item = items[slot.index];
            return item === undefined ? null : (
              <div
                key={slot.key}
                ref={virtual.measureElement}
                data-index={slot.index}
                className={styles.slot}
                style={{ transform: `translateY(${slot.start}px)` }}
              >
                <ItemRow item={item} agentId={agentId} active={active?.id === item.id} open={viewer.isOpen(agentId, item.id)} nested={nested} />
              </div>
            );
          })}
        </div>
      </div>
      {loading !== null && <p className={styles.edge} data-edge={loading}>Loading {loading === "before" ? "earlier" : "later"}…</p>}
      {failed !== null && (
        <p className={styles.edge} data-edge={failed} role="alert">
          More could not be loaded. <Button onClick={() => void load(failed)}>Try again</Button>
        </p>
      )}
      {!nested && !following && (fresh > 0 || loaded?.session.state === "live") && (
        <div className={styles.newest}>
          <Button icon="down" look={fresh > 0 ? "main" : "plain"} onClick={toEnd}>
            {fresh > 0 ? plural(fresh, "new", "new") : "To the newest"}
          </Button>
        </div>
      )}
    </div>
  );
}

function focusItem(scroller: HTMLElement | null, id: string) {
  scroller?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
