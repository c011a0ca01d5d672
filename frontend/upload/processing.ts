// Follows the processing of a recording until it can be watched.
import { Refused } from "../island/ask";
import { roughly } from "../island/time";
import { gettext } from "../island/words";
import type { Progress } from "../player/data";
import { progress } from "./server";

const EVERY_MS = 1000;
const LONG_MS = 20_000;
const LATER_MS = 4000;

/** Tells sentence and percentage (null: unknown) as they change; ends when it is playable, with the state it is in then.
    Raises Refused. */
export async function process(
  recording: string,
  tell: (sentence: string, share: number | null) => void,
): Promise<string> {
  const began = performance.now();
  for (;;) {
    const isLong = performance.now() - began > LONG_MS;
    await new Promise((resolve) => setTimeout(resolve, isLong ? LATER_MS : EVERY_MS));
    const now = await ask(recording);
    if (!now) continue;
    if (now.is_playable) return now.state;
    if (now.failure) throw new Refused(422, "", now.failure);
    tell(sentence(now), now.percent);
  }
}

async function ask(recording: string): Promise<Progress | null> {
  try {
    return await progress(recording);
  } catch (error) {
    if (error instanceof Refused && (error.status === 0 || error.status >= 500)) return null; // ask again
    throw error;
  }
}

/** What is said of a recording that its owner can watch: whether others can, too. */
export function ready(state: string): string {
  if (state === "waiting") return gettext("Ready. Students see it once a Publisher has approved it.");
  if (state === "held") return gettext("Ready. It is on hold: only you can watch it until the service team has decided.");
  return gettext("Ready to watch. Smaller sizes for slow networks follow by themselves.");
}

function sentence(now: Progress): string {
  const parts = [now.stage || gettext("Waiting for its turn")];
  if (now.queue_position !== null) parts.push(gettext("number {place} in the queue", { place: now.queue_position }));
  if (now.percent !== null) parts.push(`${Math.round(now.percent)} %`);
  if (now.estimate_s !== null) parts.push(gettext("{time} left", { time: roughly(now.estimate_s) }));
  return parts.join(" · ");
}
