// What was said, word by word, and which of it is cut: by the same rules as what viewers read of an edited recording.
import type { Cut } from "./cuts";

export interface Word {
  readonly text: string;
  readonly start: number; // milliseconds of the unedited recording
  readonly end: number;
}

/** What is shown at once. */
export interface Line {
  readonly start: number;
  readonly words: readonly Word[];
}

/** A line as the product tells it. */
export interface Told {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly text: string;
  readonly spoken: readonly (readonly number[])[];
}

/** Lines of words, each with its time; where it is not known, with that of its line. */
export function linesOf(told: readonly Told[]): Line[] {
  return told.map(({ start_ms, end_ms, text, spoken }) => {
    const texts = text.match(/\S+/g) ?? [];
    const isTimed = texts.length === spoken.length;
    const words = texts.map((word, place) => {
      const [start, end] = (isTimed && spoken[place]) || [start_ms, end_ms];
      return { text: word, start: start ?? start_ms, end: end ?? end_ms };
    });
    return { start: start_ms, words };
  });
}

/** Less than half of it is heard. `cuts` are in order and apart, as they always are. */
export function isGone(word: Word, cuts: readonly Cut[]): boolean {
  let gone = 0;
  for (let place = firstAfter(cuts, word.start); place < cuts.length; place += 1) {
    const cut = cuts[place];
    if (!cut || cut.start > word.end) break;
    if (word.end === word.start) return cut.start <= word.start;
    gone += Math.max(0, Math.min(cut.end, word.end) - Math.max(cut.start, word.start));
  }
  return 2 * gone > word.end - word.start;
}

/** Index of the first cut that ends after an instant. */
function firstAfter(cuts: readonly Cut[], at: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle]?.end ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From where the first of some words begins to where the last ends; nothing where there are none. */
export function spanOf(words: readonly Word[]): Cut | null {
  if (words.length === 0) return null;
  return { start: Math.min(...words.map((word) => word.start)), end: Math.max(...words.map((word) => word.end)) };
}

/** The cuts without a part that is to be kept. */
export function without(cuts: readonly Cut[], part: Cut): Cut[] {
  return cuts.flatMap((cut) => {
    const left = [{ start: cut.start, end: Math.min(cut.end, part.start) }, { start: Math.max(cut.start, part.end), end: cut.end }];
    return left.filter(({ start, end }) => end > start);
  });
}

/** What some words say, in a few letters. */
export function inShort(words: readonly Word[], most = 60): string {
  const text = words.map((word) => word.text).join(" ");
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
