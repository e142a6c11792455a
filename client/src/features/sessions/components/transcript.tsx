import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "@/api/client";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keyboard";
import { Button } from "@/ui/button";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { useArrival } from "../hooks/use-arrival";
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

  const arrival = useArrival({
    virtual,
    scroller,
    items,
    loaded,
    isFetching: query.isFetching,
    anchor,
    detail,
    active,
    following: following && atEnd,
    looksAt,
    onAnchor: setAnchor,
    onArrived: () => setFollowing(false),
    showAll: viewer.showAll,
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
    if (loaded === undefined || failed !== null || !arrival.isThere()) return;
    // A failed edge waits for the reader's retry; otherwise load ahead of the scroll, the way the reader goes first.
    if (nearStart && loaded.hasBefore) void load("before");
    else if (nearEnd && loaded.hasAfter) void load("after");
  });

  const onScroll = () => {
    if (scroller.current === null) return;
    const now = markOf(scroller.current);
    const next = followAfterScroll(following, mark.current, now, !atEnd);
    mark.current = now;
    if (next !== following) setFollowing(next);
    if (next && fresh > 0) setFresh(0);
  };

  const toEnd = () => {
    arrival.release();
    setFresh(0);
    setFollowing(true);
    if (atEnd) virtual.scrollToEnd();
    else setAnchor({ at: "tail" });
  };
  const toHead = () => {
    viewer.openAgent(agentId);
    setAnchor({ at: "head" });
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
      Enter: () => {
        // What unfolds grows downwards, and does not push its own head up.
        arrival.release();
        if (active !== null) viewer.toggle(agentId, active.id);
      },
      y: () => active !== null && viewer.copyLink(active.id, agentId),
    },
    !nested,
  );

  if (query.isPending) return <Skeleton label="Loading the conversation" rows={nested ? 3 : 12} size="line" />;
  if (query.error instanceof ApiProblem && query.error.code === "item-not-found" && loaded === undefined)
    return (
      <Face title="This item is not here" action={<Button look="main" onClick={toHead}>Open from the beginning</Button>}>
        <p>The transcript may have been rewritten since the link was made.</p>
      </Face>
    );
  if (query.isError && loaded === undefined)
    return <ErrorFace title="This conversation could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0 && loading === null)
    return <Face title="Nothing to show here">{detail === "all" ? "No item has been written yet." : "At this level of detail there is nothing. Show everything to see the rest."}</Face>;

  return (
    <div className={styles.transcript} data-nested={nested || undefined}>
      <div ref={scroller} className={styles.scroller} role="feed" aria-label="Conversation" aria-busy={loading !== null} tabIndex={0} onScroll={onScroll} {...arrival.letsGo}>
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
