// What is edited: cues in order, and what can be done to them. Every change gives a new list; the old one is kept to undo.

/** From letter, to letter. */
export type Place = readonly [number, number];

export interface Cue {
  readonly start: number; // milliseconds
  readonly end: number;
  readonly text: string;
  /** Where words stand that the engine was not sure of. */
  readonly doubtful: readonly Place[];
  /** A person says that its words are right. */
  readonly checked: boolean;
}

export const SHORTEST_MS = 100;
const NEW_MS = 2000;

const inOrder = (cues: readonly Cue[]): Cue[] => [...cues].sort((a, b) => a.start - b.start || a.end - b.end);

/** A text that a person wrote: the words that they left as they were keep their marks. What was checked stays so. */
export function withText(cue: Cue, text: string): Cue {
  if (text === cue.text) return cue;
  const [before, after] = [words(cue.text), words(text)];
  const stays = inBoth(before.map((one) => one.word), after.map((one) => one.word));
  const doubtful = cue.doubtful.flatMap(([from, to]): Place[] => {
    const which = before.findIndex((one) => one.at <= from && to <= one.at + one.word.length);
    const [old, place] = [before[which], stays.get(which)];
    const fresh = place === undefined ? undefined : after[place];
    return old && fresh ? [[from - old.at + fresh.at, to - old.at + fresh.at]] : [];
  });
  return { ...cue, text, doubtful };
}

const words = (text: string) => [...text.matchAll(/\S+/gu)].map((found) => ({ word: found[0], at: found.index }));

/** Which words of one list stand in another too, in the same order: the longest run of such, by their places. */
function inBoth(before: readonly string[], after: readonly string[]): Map<number, number> {
  const longest = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (one: number, other: number) => longest[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1)
    for (let other = after.length - 1; other >= 0; other -= 1)
      (longest[one] as number[])[other] =
        before[one] === after[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
  const found = new Map<number, number>();
  for (let [one, other] = [0, 0]; one < before.length && other < after.length; ) {
    if (before[one] === after[other]) found.set(one++, other++);
    else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return found;
}

export function replaced(cues: readonly Cue[], index: number, cue: Cue): Cue[] {
  return cues.map((one, at) => (at === index ? cue : one));
}

/** In two at a letter; the time is shared by the length of the texts. The same list when a part would say nothing. */
export function split(cues: readonly Cue[], index: number, at: number): readonly Cue[] {
  const cue = cues[index];
  if (!cue) return cues;
  const [left, right] = [cue.text.slice(0, at), cue.text.slice(at)];
  const [before, after] = [left.trimEnd(), right.trimStart()];
  if (!before || !after || cue.end - cue.start < 2 * SHORTEST_MS) return cues;
  const share = before.length / (before.length + after.length);
  const middle = Math.round(cue.start + (cue.end - cue.start) * Math.min(0.9, Math.max(0.1, share)));
  const shift = at + (right.length - after.length);
  const first = { ...cue, end: middle, text: before, doubtful: cue.doubtful.filter((place) => place[1] <= at) };
  const moved = cue.doubtful.filter((place) => place[0] >= shift);
  const second = { ...cue, start: middle, text: after, doubtful: moved.map(([a, b]) => [a - shift, b - shift] as const) };
  return [...cues.slice(0, index), first, second, ...cues.slice(index + 1)];
}

/** With the one that follows. */
export function merge(cues: readonly Cue[], index: number): readonly Cue[] {
  const [cue, next] = [cues[index], cues[index + 1]];
  if (!cue || !next) return cues;
  const shift = cue.text.length + 1;
  const moved = next.doubtful.map(([a, b]) => [a + shift, b + shift] as const);
  const one = {
    start: cue.start,
    end: Math.max(cue.end, next.end),
    text: `${cue.text}\n${next.text}`,
    doubtful: [...cue.doubtful, ...moved],
    checked: cue.checked && next.checked,
  };
  return [...cues.slice(0, index), one, ...cues.slice(index + 2)];
}

/** Begins or ends at another instant; never so that it lasts no time. Returns where the cue stands then. */
export function moved(cues: readonly Cue[], index: number, edge: "start" | "end", to: number): [readonly Cue[], number] {
  const cue = cues[index];
  if (!cue) return [cues, index];
  const at = Math.max(0, Math.round(to));
  const start = edge === "start" ? Math.min(at, cue.end - SHORTEST_MS) : cue.start;
  const end = edge === "end" ? Math.max(at, cue.start + SHORTEST_MS) : cue.end;
  const fresh = { ...cue, start: Math.max(0, start), end };
  const sorted = inOrder(replaced(cues, index, fresh));
  return [sorted, sorted.indexOf(fresh)];
}

/** A new, empty cue at an instant, where none is shown. Returns where it stands. */
export function added(cues: readonly Cue[], at: number): [readonly Cue[], number] {
  const next = cues.find((cue) => cue.start > at);
  const end = Math.min(at + NEW_MS, Math.max(at + SHORTEST_MS, next?.start ?? at + NEW_MS));
  const fresh = { start: Math.round(at), end: Math.round(end), text: "", doubtful: [], checked: false };
  const sorted = inOrder([...cues, fresh]);
  return [sorted, sorted.indexOf(fresh)];
}

export function removed(cues: readonly Cue[], index: number): readonly Cue[] {
  return cues.filter((_, at) => at !== index);
}

/** The next word that is not sure, after a letter of a cue, round the end: in which cue it stands, and where there. */
export function nextDoubtful(cues: readonly Cue[], index: number, letter: number): readonly [number, Place] | null {
  const here = cues[index]?.doubtful ?? [];
  const later = here.find(([from]) => from >= letter);
  if (later) return [index, later];
  for (let step = 1; step <= cues.length; step += 1) {
    const other = (index + step) % cues.length;
    const first = cues[other]?.doubtful[0];
    if (first) return [other, first];
  }
  return null;
}

/** How many words are not sure. */
export function doubtsIn(cues: readonly Cue[]): number {
  return cues.reduce((sum, cue) => sum + cue.doubtful.length, 0);
}

/** Which cue is shown at an instant: the last that has begun and not ended, else -1. */
export function at(cues: readonly Cue[], ms: number): number {
  for (let index = cues.length - 1; index >= 0; index -= 1) {
    const cue = cues[index] as Cue;
    if (cue.start <= ms) return ms < cue.end ? index : -1;
  }
  return -1;
}

/** Words that the engine was not sure of, as they stand. */
export function doubts(cue: Cue): string[] {
  return cue.doubtful.map(([from, to]) => cue.text.slice(from, to));
}
