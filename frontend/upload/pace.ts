// How fast an upload goes and how long it will take, steady enough to read.
import { roughly } from "../island/time";
import { gettext } from "../island/words";

const WINDOW_MS = 8_000;

/** Bytes that had arrived at an instant. */
export interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

/** The samples of the last seconds, the new one added. A smaller number of bytes (a resume) starts again. */
export function observe(samples: readonly Sample[], atMs: number, bytes: number): Sample[] {
  const last = samples.at(-1);
  if (last && bytes < last.bytes) return [{ atMs, bytes }];
  const recent = samples.filter((sample) => atMs - sample.atMs <= WINDOW_MS);
  return [...recent, { atMs, bytes }];
}

/** Bytes a second over the window; 0 until there is something to go by. */
export function speed(samples: readonly Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 400) return 0;
  return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
}

/** Seconds until the rest is there, or null when nobody can say. */
export function secondsLeft(samples: readonly Sample[], length: number): number | null {
  const now = speed(samples);
  const last = samples.at(-1);
  return now > 0 && last ? (length - last.bytes) / now : null;
}

/** Whole percent, never 100 before the last byte. */
export function percent(bytes: number, length: number): number {
  if (length === 0 || bytes >= length) return 100;
  return Math.min(99, Math.floor((bytes / length) * 100));
}

/** As people read sizes, in the same steps of 1024 as the pages: "312 kB", "48.2 MB", "1.5 GB". */
export function size(bytes: number): string {
  const units = [gettext("bytes"), gettext("kB"), gettext("MB"), gettext("GB"), gettext("TB")];
  let [value, at] = [bytes, 0];
  while (value >= 1000 && at < units.length - 1) [value, at] = [value / 1024, at + 1];
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}

/** What people read while a file is on its way: how much has arrived, how fast it goes and what is left, as far as known. */
export function sentence(samples: readonly Sample[], bytes: number, length: number): string {
  const parts = [
    gettext("{percent} %", { percent: percent(bytes, length) }),
    gettext("{done} of {whole}", { done: size(bytes), whole: size(length) }),
  ];
  const now = speed(samples);
  if (now > 0) parts.push(gettext("{size}/s", { size: size(now) }));
  const left = secondsLeft(samples, length);
  if (left !== null) parts.push(gettext("{time} left", { time: roughly(left) }));
  return parts.join(" · ");
}
