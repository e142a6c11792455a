import type { OpenLoop } from "@/api/types";

/** What narrows the open loops, as it stands in the address. */
export interface LoopFilters {
  project?: string;
  days?: number;
}

export const spans: readonly { days: number; label: string }[] = [
  { days: 1, label: "Today" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 365, label: "A year" },
];

export function readLoopFilters(search: Record<string, unknown>): LoopFilters {
  const days = spans.find((span) => String(span.days) === String(search["days"]))?.days;
  const project = search["project"];
  return {
    ...(days === undefined || days === 30 ? {} : { days }),
    ...(typeof project === "string" && project !== "" ? { project } : {}),
  };
}

export const loopNames: Record<OpenLoop["kind"], string> = {
  question: "It asks",
  unanswered: "No answer came",
  stopped: "Stopped in a call",
  interrupted: "Broken off",
  "tests-red": "Tests are red",
  todo: "Left to do",
  promised: "Still to come",
};
