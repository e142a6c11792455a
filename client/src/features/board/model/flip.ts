export interface Point {
  x: number;
  y: number;
}

export interface Move {
  from: Point;
  to: Point;
}

/** Where a card is drawn that has gone so far of its way: an interrupted move goes on from there. */
export const along = ({ from, to }: Move, progress: number): Point => ({
  x: from.x + (to.x - from.x) * progress,
  y: from.y + (to.y - from.y) * progress,
});
