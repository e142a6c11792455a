import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useServerEvents, useTopic } from "@/api/use-events";
import { getBoard } from "@/features/board/api/get-board";
import { useLiveBoard } from "@/features/board/hooks/use-live-board";
import { countCalls } from "@/features/board/model/board";
import { IngestMeter } from "@/features/ingest/components/ingest-meter";
import { LimitMeter } from "@/features/insights/components/limit-meter";
import { useGoKeys, useKeys } from "@/lib/keyboard";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { useAttention } from "./attention";
import { ConnectionBadge } from "./connection-badge";
import { places } from "./places";
import styles from "./shell.module.css";
import { ThemeButton } from "./theme-button";

const CommandBox = lazy(() => import("./command-box").then((module) => ({ default: module.CommandBox })));
const KeyHelp = lazy(() => import("./key-help").then((module) => ({ default: module.KeyHelp })));

export function Shell() {
  const [open, setOpen] = useState<"commands" | "keys" | null>(null);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const place = places.find((candidate) => path.startsWith(candidate.to));

  const calls = useQuery({ ...getBoard(), select: countCalls }).data ?? 0;

  useLiveBoard();
  useAttention(calls);
  useTopic("sessions", () => "sessions");
  useTopic("ingest", () => "ingest");
  useServerEvents((event) => {
    // Events between the two connections are lost to us: everything shown may be stale.
    // The list heals itself: it may hold a hundred pages, and all of them would be fetched.
    if (event.type === "hello" && event.data.verdict === "gap")
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "list" });
    if (event.type === "ingest") queryClient.setQueryData(["ingest"], event.data);
  });
  useKeys({ "Mod+k": () => setOpen("commands"), "?": () => setOpen("keys") });
  useGoKeys(Object.fromEntries(places.map(({ key, to }) => [key, () => void navigate({ to, search: {} })])));

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">Skip to content</a>
      <nav className={styles.rail} aria-label="Places">
        <span className={styles.brand} aria-hidden="true">Muse</span>
        {places.map(({ to, label, icon, wide }) => (
          <Link key={to} to={to} search={{}} className={styles.place} data-wide={wide} activeProps={{ "data-here": true }}>
            <Icon name={icon} />
            {label}
            {to === "/board" && calls > 0 && (
              <span className={styles.calls}>
                {calls}
                <span className="visually-hidden"> {calls === 1 ? "needs" : "need"} you</span>
              </span>
            )}
          </Link>
        ))}
        <span className={styles.foot}>
          <LimitMeter />
        </span>
      </nav>
      <header className={styles.top}>
        <span className={styles.title}>{place?.label ?? "Muse"}</span>
        <button type="button" className={styles.command} aria-label="Go to anything Ctrl K" onClick={() => setOpen("commands")}>
          <Icon name="search" />
          <span className={styles.hint}>Go to anything</span>{" "}
          <kbd className={styles.kbd}>Ctrl K</kbd>
        </button>
        <div className={styles.side}>
          <IngestMeter />
          <ConnectionBadge />
          <ThemeButton />
          <span className={styles.wide}>
            <Button icon="help" look="quiet" aria-label="Keyboard shortcuts" onClick={() => setOpen("keys")} />
          </span>
        </div>
      </header>
      <main className={styles.main} id="main">
        <Outlet />
      </main>
      <Suspense>
        {open === "commands" && <CommandBox onClose={() => setOpen(null)} onKeys={() => setOpen("keys")} />}
        {open === "keys" && <KeyHelp onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
