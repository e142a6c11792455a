import { useQueryClient } from "@tanstack/react-query";
import { useServerEvents } from "@/api/use-events";

/** Fetches tags, views and notes again when somebody changed them, here or on another device. */
export function useLiveCuration() {
  const queryClient = useQueryClient();
  const stale = (...queryKey: unknown[]) => void queryClient.invalidateQueries({ queryKey });
  useServerEvents((event) => {
    // These have no number by which a stream resumes: after a break they are asked for again.
    const all = event.type === "hello" && event.data.verdict !== "fresh";
    const part = event.type === "curation" ? event.data.part : null;
    if (all || part === "tags") {
      stale("tags");
      stale("sessions", "facets");
      stale("sessions", "list");
    }
    if (all || part === "views") stale("views");
    if (part === "digest" && event.type === "curation") {
      stale("open-loops");
      for (const derived of ["health", "brief", "lineage", "related"]) stale("sessions", event.data.sessionId, derived);
    }
    if (part === "notes" && event.type === "curation") stale("sessions", event.data.sessionId, "notes");
  });
}
