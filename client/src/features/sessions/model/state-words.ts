import type { SessionSummary } from "@/api/types";

/** What a session's state says of its files, in a word or two and in a sentence. */
export const stateWords: Record<SessionSummary["state"], { word: string; means: string }> = {
  live: { word: "live", means: "written to within the last minutes" },
  quiet: { word: "quiet", means: "not written to for a while" },
  kept: {
    word: "kept by Muse",
    means: "The agent's own files are gone. Muse has kept everything that was in them, so all of the session is here.",
  },
  missing: {
    word: "source file is gone",
    means: "The agent's own files are gone, and not all of them was kept. Of what was not, only previews are left.",
  },
};
