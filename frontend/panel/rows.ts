// A list of places in the recording: one can be reached by Tab, arrows go on from there, Enter goes to the place.
import { el } from "../island/elements";
import { Roving } from "../island/roving";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { indexAt, Joined, matches, pieces } from "./find";

export interface Row {
  readonly startMs: number;
  /** What is looked in. */
  readonly text: string;
  /** Makes what stands in the button; `words` are to be marked, and `more` letters, of a phrase that goes on in the next. */
  readonly fill: (words: readonly string[], more?: ReadonlySet<number>) => (Node | string)[];
}

export class Rows {
  readonly root = el("ol", { class: "side-rows" });
  private readonly buttons: HTMLButtonElement[] = [];
  private readonly starts: number[];
  private readonly roving: Roving;
  private current = -1;
  private words: readonly string[] = [];
  private joined: Joined | null = null;
  isFollowing = true;

  constructor(
    private readonly rows: readonly Row[],
    private readonly go: (ms: number) => void,
    look = "",
    private readonly language = "",
    private readonly goesOn = false, // from one row to the next, in the middle of a sentence
  ) {
    this.root.className = `side-rows ${look}`;
    this.starts = rows.map((row) => row.startMs);
    rows.forEach((row) => this.root.append(el("li", {}, this.button(row))));
    this.roving = new Roving(this.root, () => this.reachable, { back: "ArrowUp", on: "ArrowDown" });
    this.roving.keepOne();
  }

  get shown(): number {
    return this.reachable.length;
  }

  private get reachable(): HTMLButtonElement[] {
    return this.buttons.filter((button) => !button.parentElement?.hidden);
  }

  /** What is shown, as text to copy. */
  get text(): string {
    const shown = this.rows.filter((_, place) => !this.buttons[place]?.parentElement?.hidden);
    return shown.map((row) => `${clockTime(row.startMs / 1000)} ${row.text}`).join("\n");
  }

  /** Shows those that hold all the words, and those over whose end a phrase goes. */
  filter(words: readonly string[]): void {
    const before = this.words;
    this.words = words;
    const over = words.length > 0 ? this.over(words) : null;
    this.rows.forEach((row, place) => {
      const button = this.buttons[place];
      if (!button?.parentElement) return;
      const more = over?.get(place);
      const isShown = more !== undefined || matches(row.text, words);
      button.parentElement.hidden = !isShown;
      if (isShown && (words.length > 0 || before.length > 0)) button.replaceChildren(...this.inside(row, more));
    });
    this.roving.keepOne();
    if (words.length === 0) this.show();
  }

  /** Marks what is being said or shown now. */
  at(ms: number): void {
    const now = indexAt(this.starts, ms);
    if (now === this.current) return;
    this.buttons[this.current]?.removeAttribute("aria-current");
    this.current = now;
    this.buttons[now]?.setAttribute("aria-current", "true");
    this.show();
  }

  /** Moves the list, never the page, so that the current row is in the middle. */
  show(): void {
    const button = this.buttons[this.current];
    if (!button || !this.isFollowing || this.words.length > 0 || !this.root.offsetParent) return;
    if (this.root.querySelector(":focus-visible")) return; // somebody reads it with the keyboard
    const row = button.parentElement ?? button; // a row that is drawn only in view is what its button's place is told from
    const middle = () => {
      this.root.scrollTop = Math.max(0, row.offsetTop - (this.root.clientHeight - row.offsetHeight) / 2);
    };
    middle();
    requestAnimationFrame(middle); // rows that were never drawn had a guessed height
  }

  private button(row: Row): HTMLButtonElement {
    const made = el("button", { type: "button", class: "side-row", tabIndex: -1 }, ...this.inside(row));
    made.addEventListener("click", () => this.go(row.startMs));
    this.buttons.push(made);
    return made;
  }

  private over(words: readonly string[]): Map<number, Set<number>> | null {
    if (!this.goesOn) return null;
    this.joined ??= new Joined(this.rows.map((row) => row.text));
    return this.joined.over(words);
  }

  private inside(row: Row, more?: ReadonlySet<number>): Node[] {
    const time = el("span", { class: "side-time" }, clockTime(row.startMs / 1000), el("span", { class: "sr-only" }, " "));
    const body = el("span", { class: "side-words", dir: "auto" }, ...row.fill(this.words, more));
    if (this.language) body.lang = this.language;
    return [time, body];
  }
}

/** Text with the words that are looked for marked. */
export function marked(text: string, words: readonly string[], more?: ReadonlySet<number>): (Node | string)[] {
  if (words.length === 0) return [text];
  return pieces(text, words, more).map((piece, place) => (place % 2 ? el("mark", {}, piece) : piece));
}

/** "3 of 120 found" for the eyes and for a screen reader. */
export function found(count: number): string {
  return count === 1 ? gettext("1 place found") : gettext("{count} places found", { count });
}
