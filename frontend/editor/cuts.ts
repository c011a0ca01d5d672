// The list of cuts and its arithmetic, in milliseconds of the unedited recording. The same rules as the server's, so that
// what is seen here is what is saved.

export interface Cut {
  readonly start: number;
  readonly end: number;
}

/** Less than this between two cuts is a flicker: it goes with them. */
export const SHORTEST = 1000;

/** In order, inside the recording, joined where they touch or leave too little between them. */
export function tidy(cuts: readonly Cut[], duration: number): Cut[] {
  const inside = cuts
    .map(({ start, end }) => ({ start: Math.max(0, Math.round(start)), end: Math.min(duration, Math.round(end)) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: { start: number; end: number }[] = [];
  for (const cut of inside) {
    const last = joined.at(-1);
    if (last && cut.start - last.end < SHORTEST) last.end = Math.max(last.end, cut.end);
    else joined.push({ ...cut });
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (first && first.start < SHORTEST) first.start = 0;
  if (last && duration - last.end < SHORTEST) last.end = duration;
  return joined;
}

/** How long the edited recording is. */
export function lengthOf(cuts: readonly Cut[], duration: number): number {
  return duration - cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0);
}

/** Where to go on when this instant is cut: the end of the cut; nothing when it is kept. */
export function skipFrom(cuts: readonly Cut[], at: number, early = 0): number | null {
  const cut = cuts.find(({ start, end }) => start - early <= at && at < end - 1);
  return cut ? cut.end : null;
}

/** The place in the edited recording. */
export function edited(cuts: readonly Cut[], at: number): number {
  return at - cuts.reduce((sum, cut) => sum + Math.max(0, Math.min(cut.end, at) - cut.start), 0);
}

/** Another edge for a cut, not beyond its other one. */
export function moved(cut: Cut, edge: "start" | "end", to: number): Cut {
  return edge === "start" ? { ...cut, start: Math.min(to, cut.end - 1) } : { ...cut, end: Math.max(to, cut.start + 1) };
}

/** The same cuts. */
export function isSame(a: readonly Cut[], b: readonly Cut[]): boolean {
  return a.length === b.length && a.every((cut, at) => cut.start === b[at]?.start && cut.end === b[at]?.end);
}
