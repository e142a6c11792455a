import { useCallback, useEffect, useState } from "react";
import { scan, type ScanEnd, type ScanProgress } from "@/api/scan";
import type { SearchGroup } from "@/api/types";

export interface Scan {
  groups: readonly SearchGroup[];
  progress: ScanProgress | null;
  /** How it ended; null while it runs. */
  end: ScanEnd | null;
  error: unknown;
}

const nothing: Scan = { groups: [], progress: null, end: null, error: null };

/**
 * A look through the bytes, given up when what is asked for changes or the page is left.
 * @returns what it found, and how to go on where it ended
 */
export function useScan(mode: "substring" | "regex", q: string): Scan & { further: () => void } {
  const asked = `${mode}:${q}`;
  const [found, setFound] = useState<{ of: string; scan: Scan }>({ of: "", scan: nothing });
  const [from, setFrom] = useState<{ of: string; cursor: string | null }>({ of: "", cursor: null });
  const cursor = from.of === asked ? from.cursor : null;
  useEffect(() => {
    const leave = new AbortController();
    const change = (next: (now: Scan) => Scan) =>
      setFound((now) => ({ of: asked, scan: next(now.of === asked ? now.scan : nothing) }));
    const run = async () => {
      for await (const event of scan(mode, q, cursor, leave.signal)) {
        if (event.type === "hits") change((now) => ({ ...now, groups: [...now.groups, event.data] }));
        if (event.type === "progress") change((now) => ({ ...now, progress: event.data }));
        if (event.type === "done") change((now) => ({ ...now, progress: event.data.progress, end: event.data }));
      }
    };
    change((now) => (cursor === null ? nothing : { ...now, progress: null, end: null }));
    run().catch((error: unknown) => leave.signal.aborted || change((now) => ({ ...now, error })));
    return () => leave.abort();
  }, [mode, q, asked, cursor]);
  const scanned = found.of === asked ? found.scan : nothing;
  const next = scanned.end?.nextCursor ?? null;
  const further = useCallback(() => setFrom({ of: asked, cursor: next }), [asked, next]);
  return { ...scanned, further };
}
