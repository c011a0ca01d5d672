// Which file goes next: a few at a time, in the order they were dropped.

export type Stage =
  | "checking" // is it known already?
  | "asking" // the person has to say something first
  | "waiting" // for its turn
  | "sending"
  | "paused"
  | "retrying"
  | "processing"
  | "done"
  | "duplicate"
  | "unfinished" // begun before this page was opened; its file is not here
  | "refused"
  | "removed";

export const AT_ONCE = 2;

const BUSY: readonly Stage[] = ["sending", "retrying"];
const AT_RISK: readonly Stage[] = ["checking", "asking", "waiting", "sending", "retrying", "paused"];

/** One file in the line; `after` names another that must have been announced to the server before. */
export interface Place {
  readonly id: string;
  readonly stage: Stage;
  readonly after?: string | undefined;
  readonly isAnnounced: boolean;
}

/** The ids that may start now. */
export function mayStart(places: readonly Place[], atOnce = AT_ONCE): string[] {
  const free = atOnce - places.filter((place) => BUSY.includes(place.stage)).length;
  const ready = places.filter((place) => place.stage === "waiting" && isFree(place, places));
  return ready.slice(0, Math.max(0, free)).map((place) => place.id);
}

/** Leaving the page now would interrupt something. */
export function isAtRisk(places: readonly Place[]): boolean {
  return places.some((place) => AT_RISK.includes(place.stage));
}

function isFree(place: Place, places: readonly Place[]): boolean {
  const before = places.find((other) => other.id === place.after);
  return !before || before.isAnnounced;
}
