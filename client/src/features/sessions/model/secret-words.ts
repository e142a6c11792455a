import type { ExportedSecret } from "@/api/types";
import { plural } from "@/lib/format";

/** How many secrets of which kinds, the most frequent kind first: "2 github-token, 1 password". */
export function secretKinds(secrets: readonly ExportedSecret[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of secrets) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
}

export const secretWords = (places: number, secrets: readonly ExportedSecret[]): string =>
  secrets.length === 0 ? "No secrets were found." : `${plural(secrets.length, "secret")} in ${plural(places, "place")}: ${secretKinds(secrets)}.`;
