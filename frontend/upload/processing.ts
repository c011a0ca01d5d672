// Follows the processing of a recording until it can be watched.
import { Refused } from "../island/ask";
import { roughly } from "../island/time";
import { gettext } from "../island/words";
import type { Progress } from "../player/data";
import { progress } from "./server";

const FIRST_MS = 300;
const EVERY_MS = 1000;

/** Tells sentence and percentage (null: unknown) as they change; ends when it is playable. Raises Refused. */
export async function process(recording: string, tell: (sentence: string, share: number | null) => void): Promise<void> {
  for (let waitMs = FIRST_MS; ; waitMs = EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
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
  if (now.percent !== null) parts.push(`${Math.round(now.percent)} %`);
  if (now.estimate_s !== null) parts.push(gettext("{time} left", { time: roughly(now.estimate_s) }));
  return parts.join(" · ");
}
