// What was said, as a text to cut in: words are chosen as in any text, by mouse, finger or keyboard, and Delete cuts them, or
// keeps them again. Nothing can be written into it; what is cut is struck through.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { indexAt } from "../panel/find";
import type { Cut } from "./cuts";
import { type Captions, captions, spoken } from "./data";
import { keyCommand } from "./keys";
import { inShort, isGone, type Line, linesOf, spanOf, type Word } from "./said";
import { exactTime } from "./times";

export interface Ways {
  seek(at: number): void;
  run(command: string): void;
  /** These words are chosen; nothing is any more. */
  chosen(span: Cut | null): void;
  cut(words: readonly Word[], span: Cut): void;
  keep(words: readonly Word[], span: Cut): void;
  say(sentence: string): void;
}

export class Transcript {
  readonly root = el("div", { class: "said" });
  private readonly text = el("div", { class: "said-text", tabIndex: 0 });
  private readonly deed = el("button", { type: "button", class: "btn btn-small" });
  private readonly times = el("output", { class: "cut-facts said-times" }); // below the text, which must not move when it is clicked
  private readonly languages = el("select", { class: "input input-small cut-layout", "aria-label": gettext("Language") });
  private readonly hint = el("p", { class: "cut-empty", id: "said-hint" });
  private words: Word[] = [];
  private parts: HTMLElement[] = [];
  private byStart: readonly number[] = [];
  private cuts: readonly Cut[] = [];
  private held: readonly [number, number] | null = null;
  private current = -1;

  constructor(
    private readonly recording: string,
    private readonly ways: Ways,
  ) {
    this.text.setAttribute("contenteditable", "true"); // so that there is a caret, and all that chooses text works
    for (const [name, value] of Object.entries({ role: "textbox", inputmode: "none", spellcheck: "false", "data-gramm": "false" }))
      this.text.setAttribute(name, value);
    for (const name of ["multiline", "readonly"]) this.text.setAttribute(`aria-${name}`, "true");
    this.text.setAttribute("aria-label", gettext("Transcript"));
    this.text.setAttribute("aria-describedby", this.hint.id);
    this.hint.textContent = gettext("Choose words and press Delete to cut them, or to keep them again. Enter plays from there.");
    this.listen();
    this.offer();
  }

  /** Fetches what was said; in a language, or as it was spoken. */
  async open(language = ""): Promise<void> {
    try {
      const all = await captions(this.recording);
      const chosen = language || (all[0]?.language ?? "");
      if (!chosen) return this.tellNone(gettext("There are no captions yet. With them, parts can be cut by their words."));
      this.fill(linesOf((await spoken(this.recording, chosen)).cues));
      this.offerLanguages(all, chosen);
      this.root.replaceChildren(el("div", { class: "cut-group" }, this.deed, this.languages), this.hint, this.text, this.times);
      this.draw();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.tellNone(error.message || gettext("The transcript could not be opened. Check the network and load the page again."));
    }
  }

  /** What is cut now. */
  show(cuts: readonly Cut[]): void {
    if (cuts === this.cuts) return;
    this.cuts = cuts;
    this.draw();
  }

  private draw(): void {
    const { cuts } = this;
    this.words.forEach((word, place) => {
      const part = this.parts[place];
      if (!part) return;
      const isCut = isGone(word, cuts);
      if (isCut === part.classList.contains("is-cut")) return;
      part.classList.toggle("is-cut", isCut);
      if (isCut) part.setAttribute("role", "deletion");
      else part.removeAttribute("role");
    });
    this.offer();
  }

  /** The preview is at an instant: that word is marked, and brought into view unless somebody is at work here. */
  ticked(at: number): void {
    const now = indexAt(this.byStart, at);
    if (now === this.current) return;
    this.parts[this.current]?.classList.remove("is-now");
    this.current = now;
    const part = this.parts[now];
    part?.classList.add("is-now");
    if (!part || this.text.contains(document.activeElement) || this.text.matches(":hover")) return;
    const top = (part.parentElement?.offsetTop ?? 0) + part.offsetTop;
    this.text.scrollTop = top - (this.text.clientHeight - part.offsetHeight) / 2;
  }

  private tellNone(sentence: string): void {
    const page = el("a", { href: `/recordings/${this.recording}/captions/` }, gettext("Captions of this recording"));
    this.root.replaceChildren(el("p", { class: "cut-empty" }, sentence, " ", page));
  }

  private fill(lines: readonly Line[]): void {
    this.words = lines.flatMap((line) => line.words);
    this.parts = this.words.map((word) => el("span", { class: "said-word" }, word.text));
    let latest = 0;
    this.byStart = this.words.map((word) => (latest = Math.max(latest, word.start))); // lines may begin before others end
    let place = 0;
    const paragraphs = lines.map((line) => {
      const inside = line.words.flatMap(() => [this.parts[place++] as HTMLElement, " "]);
      return el("p", { class: "said-line", dir: "auto", "data-at": exactTime(line.start).replace(/\.\d+$/, "") }, ...inside);
    });
    this.text.replaceChildren(...paragraphs);
    this.held = null;
    this.current = -1;
  }

  private offerLanguages(all: Captions, chosen: string): void {
    this.languages.replaceChildren(...all.map(({ language, label }) => new Option(label, language, false, language === chosen)));
    this.languages.hidden = all.length < 2;
    this.text.lang = chosen;
  }

  private listen(): void {
    document.addEventListener("selectionchange", () => this.choose());
    this.text.addEventListener("beforeinput", (event) => {
      event.preventDefault();
      if (event.inputType.startsWith("delete")) this.act(event.inputType.endsWith("Backward"));
    });
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("click", () => {
      this.choose();
      if (!this.held) this.go();
    });
    this.text.addEventListener("input", () => void this.open(this.text.lang)); // a keyboard that could not be kept from writing
    this.deed.addEventListener("pointerdown", (event) => event.preventDefault()); // the choice stays
    this.deed.addEventListener("click", () => this.act(false));
    this.languages.addEventListener("change", () => void this.open(this.languages.value));
  }

  /** The editor's keys work here too: this is a text in which nothing is written. */
  private pressed(event: KeyboardEvent): void {
    this.choose(); // browsers tell of a choice a little later
    if (event.key === "Enter") return this.handled(event, () => this.go());
    if (event.key.toLowerCase() === "x" && !event.ctrlKey && !event.metaKey && !event.altKey && this.chosen.length > 0)
      return this.handled(event, () => this.act(false));
    const command = keyCommand(event, false);
    if (command) this.handled(event, () => this.ways.run(command));
  }

  private handled(event: KeyboardEvent, deed: () => void): void {
    event.preventDefault();
    event.stopPropagation();
    deed();
  }

  private get chosen(): readonly Word[] {
    return this.held ? this.words.slice(this.held[0], this.held[1] + 1) : [];
  }

  /** What is chosen in the text, if it is chosen there; what was stays chosen while another part of the page has the focus. */
  private choose(): void {
    const range = this.range();
    if (!range) return;
    const [first, last] = [this.firstFrom(range), this.lastTo(range)];
    const before = this.held;
    this.held = range.collapsed || first > last ? null : [first, last];
    if (before?.[0] === this.held?.[0] && before?.[1] === this.held?.[1]) return;
    this.ways.chosen(spanOf(this.chosen));
    this.offer();
  }

  private range(): Range | null {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    return range && this.text.contains(range.commonAncestorContainer) ? range : null;
  }

  /** The first word whose last letter is not before a range. */
  private firstFrom(range: Range): number {
    return this.partition((part, letters) => range.comparePoint(part, letters - 1) < 0);
  }

  /** The last word whose first letter is not behind it. */
  private lastTo(range: Range): number {
    return this.partition((part) => range.comparePoint(part, 1) <= 0) - 1;
  }

  /** How many words something holds for, which holds for the first ones. */
  private partition(holds: (part: Node, letters: number) => boolean): number {
    let [low, high] = [0, this.parts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const letters = this.parts[middle]?.firstChild;
      if (letters && holds(letters, letters.textContent?.length ?? 1)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The word at the caret, or the one before it. */
  private caret(isBefore: boolean): number | null {
    const range = this.range();
    const place = range ? (isBefore ? this.lastTo(range) : this.firstFrom(range)) : -1;
    return this.words[place] ? place : null;
  }

  private go(): void {
    const word = this.words[this.held?.[0] ?? this.caret(false) ?? -1];
    if (word) this.ways.seek(word.start);
  }

  /** Cuts what is chosen, else the word at the caret; keeps it where all of it is cut. */
  private act(isBefore: boolean): void {
    this.choose();
    const one = this.held ? null : this.caret(isBefore);
    const words = one === null ? this.chosen : this.words.slice(one, one + 1);
    const span = spanOf(words);
    if (!span) return;
    if (this.areGone(words)) this.ways.keep(words, span);
    else this.cut(words, span);
    if (one !== null) this.step(isBefore ? one : one + 1);
  }

  /** What is left between two cuts may be too short to stay: whoever does not see it struck through is told. */
  private cut(words: readonly Word[], span: Cut): void {
    const before = this.gone;
    const more = words.filter((word) => !isGone(word, this.cuts)).length;
    this.ways.cut(words, span);
    const beside = this.gone - before - more;
    if (beside > 0) this.ways.say(gettext("Cut “{words}”, and {count} more beside it: less than a second was left there.", { words: inShort(words), count: beside }));
  }

  private get gone(): number {
    return this.words.filter((word) => isGone(word, this.cuts)).length;
  }

  /** The caret to before a word, or behind the last. */
  private step(place: number): void {
    const letters = (this.parts[place] ?? this.parts.at(-1))?.firstChild;
    if (letters) document.getSelection()?.collapse(letters, this.parts[place] ? 0 : (letters.textContent?.length ?? 0));
  }

  private areGone(words: readonly Word[]): boolean {
    return words.length > 0 && words.every((word) => isGone(word, this.cuts));
  }

  private offer(): void {
    const { chosen } = this;
    const span = spanOf(chosen);
    this.deed.textContent = this.areGone(chosen) ? gettext("Keep these words") : gettext("Cut these words");
    this.deed.setAttribute("aria-disabled", String(!span));
    this.times.textContent = span ? gettext("{start} to {end}", { start: exactTime(span.start), end: exactTime(span.end) }) : "";
  }
}
