// Decides when the place in a recording is worth telling the server, and when it is worth resuming.

const EVERY_MS = 10_000;
const MOVED_MS = 1_000;
const NEAR_START_MS = 10_000;
const NEAR_END_MS = 15_000;

/** Remembers what was last told. */
export interface Told {
  readonly atMs: number;
  readonly positionMs: number;
}

export const NOTHING_TOLD: Told = { atMs: -Infinity, positionMs: -Infinity };

/** Worth telling: ten seconds have passed and it moved; or it must be told now (pause, leaving) and it moved. */
export function isDue(told: Told, nowMs: number, positionMs: number, isLast = false): boolean {
  const moved = Math.abs(positionMs - told.positionMs) >= MOVED_MS;
  return moved && (isLast || nowMs - told.atMs >= EVERY_MS);
}

/** What is kept: the end counts as not begun, so that watching again starts at the start. */
export function kept(positionMs: number, durationMs: number): number {
  return durationMs > 0 && positionMs > durationMs - NEAR_END_MS ? 0 : Math.max(0, Math.round(positionMs));
}

/** Where to resume in milliseconds, or 0 when starting from the start is kinder. */
export function resumeAt(positionMs: number, durationMs: number): number {
  const isShort = durationMs > 0 && durationMs < 2 * NEAR_END_MS;
  if (isShort || positionMs < NEAR_START_MS) return 0;
  return durationMs > 0 && positionMs > durationMs - NEAR_END_MS ? 0 : positionMs;
}
