import { useEffect, useState } from "react";
import { scan, type ScanProgress } from "@/api/scan";
import type { SearchGroup } from "@/api/types";

export interface Scan {
  groups: readonly SearchGroup[];
  progress: ScanProgress | null;
  /** Why it ended; null while it runs. */
  reason: "complete" | "hits" | "time" | null;
  error: unknown;
}

const nothing: Scan = { groups: [], progress: null, reason: null, error: null };

/** A look through the bytes, given up when what is asked for changes or the page is left. */
export function useScan(mode: "substring" | "regex" | null, q: string): Scan {
  const asked = mode === null || q === "" ? null : `${mode}:${q}`;
  const [found, setFound] = useState<{ of: string | null; scan: Scan }>({ of: null, scan: nothing });
  useEffect(() => {
    if (mode === null || q === "") return undefined;
    const of = `${mode}:${q}`;
    const leave = new AbortController();
    const change = (next: (now: Scan) => Scan) =>
      setFound((now) => ({ of, scan: next(now.of === of ? now.scan : nothing) }));
    const run = async () => {
      for await (const event of scan(mode, q, leave.signal)) {
        if (event.type === "hits") change((now) => ({ ...now, groups: [...now.groups, event.data] }));
        if (event.type === "progress") change((now) => ({ ...now, progress: event.data }));
        if (event.type === "done") change((now) => ({ ...now, progress: event.data.progress, reason: event.data.reason }));
      }
    };
    change(() => nothing);
    run().catch((error: unknown) => leave.signal.aborted || change((now) => ({ ...now, error })));
    return () => leave.abort();
  }, [mode, q]);
  return found.of === asked ? found.scan : nothing;
}
