// When to try again, and when trying again cannot help.

const LONGEST_MS = 30_000;

export type Cause = "network" | "server" | "busy" | "gone" | "final";

/** Why an attempt failed, from its HTTP status; 0 is no answer at all. */
export function causeOf(status: number): Cause {
  if (status === 0) return "network";
  if (status === 423 || status === 409) return "busy"; // the connection we lost still holds the upload, or moved on
  if (status === 404 || status === 410) return "gone";
  if (status === 429 || status >= 500) return status === 507 ? "final" : "server";
  return "final";
}

/** Milliseconds before attempt number `attempt` (1 is the first try again): 1, 2, 4 ... 30 s, spread by `chance`. */
export function waitBefore(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, 1000 * 2 ** Math.max(0, attempt - 1));
  return Math.round(whole * (0.75 + 0.5 * chance));
}
