// Follows the processing of a recording until it can be watched.
import { Refused } from "../island/ask";
import { roughly } from "../island/time";
import { gettext } from "../island/words";
import type { Progress } from "../player/data";
import { progress } from "./server";

const EVERY_MS = 1000;
const LONG_MS = 20_000;
const LATER_MS = 4000;

/** Tells sentence and percentage (null: unknown) as they change; ends when it is playable. Raises Refused. */
export async function process(
  recording: string,
  tell: (sentence: string, share: number | null) => void,
): Promise<void> {
  const began = performance.now();
  for (;;) {
    const isLong = performance.now() - began > LONG_MS;
    await new Promise((resolve) => setTimeout(resolve, isLong ? LATER_MS : EVERY_MS));
    const now = await ask(recording);
    if (!now) continue;
    if (now.is_playable) return;
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

function sentence(now: Progress): string {
  const parts = [now.stage || gettext("Waiting for its turn")];
  if (now.queue_position !== null) parts.push(gettext("number {place} in the queue", { place: now.queue_position }));
  if (now.percent !== null) parts.push(`${Math.round(now.percent)} %`);
  if (now.estimate_s !== null) parts.push(gettext("{time} left", { time: roughly(now.estimate_s) }));
  return parts.join(" · ");
}
