// Finds things by time and by words, in what is loaded.

/** Index of the last one that has begun; -1 before the first. `starts` rise. */
export function indexAt(starts: readonly number[], ms: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Small letters without accents, letter for letter where that is possible. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words that are looked for; all must be there. */
export function wanted(query: string): string[] {
  return folded(query).split(/\s+/).filter(Boolean);
}

export function matches(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const inside = folded(text);
  return words.every((word) => inside.includes(word));
}

/** The text in pieces; every second one is a find. */
export function pieces(text: string, words: readonly string[]): string[] {
  const plain = text.normalize("NFC");
  const letters = [...plain];
  const places: number[] = []; // of each folded letter, the letter it comes from
  let inside = "";
  letters.forEach((letter, place) => {
    for (const each of folded(letter)) {
      inside += each;
      places.push(place);
    }
  });
  const marked = new Set<number>();
  for (const word of words)
    for (let from = inside.indexOf(word); word && from >= 0; from = inside.indexOf(word, from + word.length))
      for (let step = from; step < from + word.length; step++) marked.add(places[step] ?? -1);
  const found: string[] = [""];
  letters.forEach((letter, place) => {
    if (marked.has(place) !== (found.length % 2 === 0)) found.push("");
    found[found.length - 1] += letter;
  });
  return found;
}
