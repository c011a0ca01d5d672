// Find and replace, as the product does it: a space is any white space, and a cue that loses its text goes.
import { type Cue, withText } from "./model";

export interface Wanted {
  readonly text: string;
  readonly keepsCase: boolean;
  readonly wholeWords: boolean;
}

function pattern(wanted: Wanted): RegExp | null {
  const parts = wanted.text.trim().split(/\s+/u).filter(Boolean);
  if (parts.length === 0) return null;
  const core = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("\\s+");
  const letter = "[\\p{L}\\p{N}_]";
  const around = wanted.wholeWords ? `(?<!${letter})${core}(?!${letter})` : core;
  return new RegExp(around, wanted.keepsCase ? "gu" : "giu");
}

/** The next cue that holds it after one, round the end; -1 when there is none. */
export function findNext(cues: readonly Cue[], wanted: Wanted, after: number): number {
  const look = pattern(wanted);
  if (!look) return -1;
  for (let step = 1; step <= cues.length; step += 1) {
    const index = (after + step + cues.length) % cues.length;
    if ((cues[index] as Cue).text.search(look) >= 0) return index;
  }
  return -1;
}

/** All cues with every place replaced, and how many there were. */
export function reword(cues: readonly Cue[], wanted: Wanted, instead: string): [readonly Cue[], number] {
  const look = pattern(wanted);
  if (!look) return [cues, 0];
  let count = 0;
  const changed = cues.map((cue) => {
    const text = cue.text.replace(look, () => {
      count += 1;
      return instead;
    });
    return withText(cue, text);
  });
  return [changed.filter((cue) => cue.text.trim() !== ""), count];
}
