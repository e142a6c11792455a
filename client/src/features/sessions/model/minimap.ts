/** The item a place on the map stands for, `share` being 0 at the head and 1 at the tail. */
export const ordinalAt = (share: number, total: number) =>
  Math.max(0, Math.min(total - 1, Math.floor(Math.max(0, Math.min(1, share)) * total)));

/** Heights of the bars, 0 to 1. The root keeps a burst from hiding everything else. */
export function barHeights(density: readonly number[]): number[] {
  const most = Math.max(1, ...density);
  return density.map((count) => (count === 0 ? 0 : Math.max(0.08, Math.sqrt(count / most))));
}
