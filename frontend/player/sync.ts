// Keeps the second picture with the first: the first carries the sound and is the clock, the second is steered.

/** What one stream is doing now. Times in seconds. */
export interface Stream {
  readonly time: number;
  readonly rate: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  readonly readyState: number;
  readonly duration: number;
}

/** What to do to the second stream; a field that is absent is left as it is. */
export interface Steering {
  readonly drift: number;
  readonly rate?: number;
  readonly seekTo?: number;
  readonly play?: boolean;
}

/** What is remembered between two steps. Times in milliseconds. */
export interface Memory {
  readonly restUntil: number;
  readonly seekCost: number;
}

export const FRESH: Memory = { restUntil: 0, seekCost: 120 };

const HAVE_FUTURE_DATA = 3;
const STILL = 0.004; // seconds: a tenth of a frame at 25 frames a second. Within it a picture in step is left alone,
const CLOSE = 0.001; // and one that is being steered is steered on to here: at the edge, frames are shown one too late
const SEEK = 0.6; // times the speed: beyond this, catching up by speed alone would take over three seconds
const STILL_WHEN_PAUSED = 0.02;
const GAIN = 2; // share of the drift taken back each second
const NUDGE = 0.4; // never more than two fifths faster or slower: it is muted, but it should not look odd
const REST = 700; // milliseconds after a seek before the next

/** The first stream is moving: sound is coming out. */
export function isRunning(stream: Stream): boolean {
  return !stream.paused && !stream.ended && !stream.seeking && stream.readyState >= HAVE_FUTURE_DATA;
}

/** One step of steering. Drift is positive when the second stream is ahead. `now` in milliseconds. */
export function steer(first: Stream, second: Stream, memory: Memory, now: number): Steering {
  const target = Math.min(first.time, Math.max(0, second.duration - 0.05) || first.time);
  const drift = second.time - target;
  const isOver = first.time > target;
  if (!isRunning(first) || isOver) return hold(first, second, target, drift, now >= memory.restUntil);
  return { drift, ...(second.paused ? { play: true } : {}), ...follow(first, second, target, drift, memory, now) };
}

/** Where the second stream is set anew while both run: as far ahead as the first will be when the jump is done. */
export function again(first: Stream, memory: Memory): number {
  return Math.min(first.time + cost(first, memory), first.duration || Infinity);
}

/** The cost of a seek as measured, smoothed: the next jump aims that far ahead. */
export function learnSeek(memory: Memory, tookMs: number): Memory {
  const measured = Math.min(2000, Math.max(0, tookMs));
  return { ...memory, seekCost: memory.seekCost * 0.5 + measured * 0.5 };
}

/** After a jump nothing is done for a while, so that one jump is seen before the next. */
export function rest(memory: Memory, now: number): Memory {
  return { ...memory, restUntil: now + REST };
}

function cost(first: Stream, memory: Memory): number {
  return (memory.seekCost / 1000) * first.rate;
}

function hold(first: Stream, second: Stream, target: number, drift: number, isRested: boolean): Steering {
  const isOff = Math.abs(drift) > STILL_WHEN_PAUSED && !second.seeking && isRested && !Number.isNaN(second.duration);
  const wantsPause = !second.paused;
  return { drift, rate: first.rate, ...(wantsPause ? { play: false } : {}), ...(isOff ? { seekTo: target } : {}) };
}

function follow(
  first: Stream,
  second: Stream,
  target: number,
  drift: number,
  memory: Memory,
  now: number,
): Omit<Steering, "drift"> {
  if (second.seeking || second.readyState < HAVE_FUTURE_DATA) return { rate: first.rate };
  if (Math.abs(drift) > SEEK * first.rate) {
    if (now < memory.restUntil) return { rate: first.rate };
    return { rate: first.rate, seekTo: target + cost(first, memory) };
  }
  if (Math.abs(drift) <= (second.rate === first.rate ? STILL : CLOSE)) return { rate: first.rate };
  const nudge = Math.max(-NUDGE, Math.min(NUDGE, (-drift * GAIN) / first.rate));
  return { rate: Math.round(first.rate * (1 + nudge) * 1000) / 1000 };
}
