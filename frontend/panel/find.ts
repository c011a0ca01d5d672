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

// Letters that are not a plain one with an accent, as the product's own search folds them.
const PLAIN: Readonly<Record<string, string>> = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Small letters without accents, and one sort of white space. */
export function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[øłđðþßæœı]/g, (letter) => PLAIN[letter] ?? letter).replace(/\s/g, " ");
}

const QUOTES = /["“”„‟«»]/;

/** The words that are looked for, and between quotation marks phrases; all must be there. The last mark may be missing
 * still: somebody types. */
export function wanted(query: string): string[] {
  const parts = folded(query).split(QUOTES);
  return parts.flatMap((part, place) => {
    const words = part.split(" ").filter(Boolean);
    return place % 2 === 0 ? words : words.length > 0 ? [words.join(" ")] : [];
  });
}

export function matches(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const inside = folded(text);
  return words.every((word) => inside.includes(word));
}

interface Letters {
  readonly inside: string;
  /** Of each letter inside, which one of the text it comes from. */
  readonly places: readonly number[];
}

function lettersOf(text: string): Letters {
  const places: number[] = [];
  let inside = "";
  [...text.normalize("NFC")].forEach((letter, place) => {
    const plain = folded(letter);
    inside += plain;
    for (let step = 0; step < plain.length; step++) places.push(place);
  });
  return { inside, places };
}

function* occurrences(inside: string, word: string): Generator<number> {
  for (let from = inside.indexOf(word); word && from >= 0; from = inside.indexOf(word, from + word.length)) yield from;
}

/** Texts that go on in the next one, as what is said does from caption to caption. */
export class Joined {
  private inside = "";
  private readonly texts: number[] = []; // of each letter inside, which text it is of, and which letter there
  private readonly letters: number[] = [];
  private readonly starts: number[] = [];

  constructor(texts: readonly string[]) {
    texts.forEach((text, which) => {
      const { inside, places } = lettersOf(text);
      this.starts.push(this.inside.length);
      this.inside += `${inside} `;
      for (const place of [...places, -1]) {
        this.texts.push(which);
        this.letters.push(place);
      }
    });
  }

  /** Phrases that go over the end of a text: which letters of which texts. Words without quotation marks count as one
   * too, as they stand. All that is looked for must be in the texts over which the phrase goes. */
  over(words: readonly string[]): Map<number, Set<number>> {
    const quoted = words.filter((word) => word.includes(" "));
    const phrases = quoted.length > 0 || words.length < 2 ? quoted : [words.join(" ")];
    const found = new Map<number, Set<number>>();
    for (const phrase of phrases)
      for (const from of occurrences(this.inside, phrase)) {
        const [first = 0, last = 0] = [this.texts[from], this.texts[from + phrase.length - 1]];
        const around = this.inside.slice(this.starts[first], this.starts[last + 1]);
        if (first === last || !words.every((word) => around.includes(word))) continue;
        for (let at = from; at < from + phrase.length; at++) {
          const which = this.texts[at] ?? 0;
          const letters = found.get(which) ?? new Set();
          found.set(which, letters.add(this.letters[at] ?? -1));
        }
      }
    return found;
  }
}

/** The text in pieces; every second one is a find. `more`: letters that are part of one, whatever the words are. */
export function pieces(text: string, words: readonly string[], more: ReadonlySet<number> = new Set()): string[] {
  const { inside, places } = lettersOf(text);
  const marked = new Set(more);
  for (const word of words)
    for (const from of occurrences(inside, word))
      for (let step = from; step < from + word.length; step++) marked.add(places[step] ?? -1);
  const found: string[] = [""];
  [...text.normalize("NFC")].forEach((letter, place) => {
    if (marked.has(place) !== (found.length % 2 === 0)) found.push("");
    found[found.length - 1] += letter;
  });
  return found;
}

/** Which tab to show of some with so many places found in each: the open one, unless it alone has none. */
export function tabWith(counts: readonly number[], open: number): number {
  if ((counts[open] ?? 0) > 0) return open;
  const other = counts.findIndex((count) => count > 0);
  return other < 0 ? open : other;
}
