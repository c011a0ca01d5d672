// Chapters where one works: begun at the preview's instant, renamed, moved, removed; each at once, and each can be undone.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { addChapter, changeChapter, type EditChapter, removeChapter } from "./data";
import { rowsInPlace } from "./inplace";
import { exactTime, parseTime } from "./times";

/** A chapter as it is now, whatever the server calls it: one that was removed and is back is the same. */
export interface Part {
  id: string;
  start: number;
  title: string;
}

/** As the server tells it. */
export function partOf({ id, start_ms, title }: EditChapter): Part {
  return { id, start: start_ms, title };
}

interface Step {
  readonly forth: () => Promise<void>;
  readonly back: () => Promise<void>;
}

export interface Ways {
  now(): number;
  seek(at: number): void;
  say(sentence: string): void;
  warn(sentence: string): void;
  /** They are others now. */
  changed(parts: readonly Part[]): void;
}

interface Row {
  readonly root: HTMLElement;
  readonly at: HTMLInputElement;
  readonly title: HTMLInputElement;
  readonly buttons: readonly HTMLButtonElement[];
}

export class Chapters {
  readonly root: HTMLElement;
  private readonly list = el("ol", { class: "cut-chapters" });
  private readonly rows: Row[] = [];
  private readonly title = el("input", { class: "input", id: "chapter-title", type: "text", maxLength: 200, autocomplete: "off" });
  private readonly label = el("label", { htmlFor: "chapter-title" });
  private readonly undoing = el("button", { type: "button", class: "btn btn-quiet btn-small" }, gettext("Undo chapter change"));
  private readonly past: Step[] = [];
  private turn: Promise<void> = Promise.resolve();
  private at = 0;

  constructor(
    private readonly recording: string,
    private readonly parts: Part[],
    private readonly ways: Ways,
    private readonly isFixed: boolean,
  ) {
    const add = el("button", { type: "submit", class: "btn" }, gettext("Add"));
    const form = el("form", { class: "cut-chapter-here", hidden: isFixed }, this.label, this.title, add, this.undoing);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.title.addEventListener("focus", () => this.title.value || this.mark(ways.now()));
    this.title.setAttribute("aria-keyshortcuts", "h");
    this.undoing.addEventListener("click", () => this.undo());
    const fixed = el("p", { class: "cut-empty", hidden: !isFixed }, gettext("This recording repeats another one, with its chapters. Change them there."));
    this.root = el("div", {}, fixed, this.list, form);
    this.show();
  }

  /** Begins one where the preview is; it only needs its title. */
  here(): void {
    if (this.isFixed) return;
    this.mark(this.ways.now());
    this.title.focus();
    this.title.select();
  }

  /** The preview moved. */
  ticked(at: number): void {
    if (document.activeElement !== this.title && !this.title.value) this.mark(at);
  }

  private mark(at: number): void {
    this.at = at;
    this.label.textContent = gettext("Chapter at {time}", { time: exactTime(at) });
  }

  private add(): void {
    const part = { id: "", start: this.at, title: this.title.value.trim() };
    if (!part.title) return this.ways.warn(gettext("Give the chapter a title."));
    const said = gettext("Chapter “{title}” begins at {time}.", { title: part.title, time: exactTime(part.start) });
    this.take({ forth: () => this.begin(part), back: () => this.end(part) }, said, () => (this.title.value = ""));
  }

  private change(part: Part, next: Pick<Part, "start" | "title">, said: string): void {
    const before = { start: part.start, title: part.title };
    if (next.start === before.start && next.title === before.title) return;
    const to = (what: typeof before) => async () => {
      await changeChapter(this.recording, part.id, what.start, what.title, part);
      Object.assign(part, what);
    };
    this.take({ forth: to(next), back: to(before) }, said, () => this.keepFocus(part));
  }

  /** Where a chapter goes to another place in the list, the focus goes with it. */
  private keepFocus(part: Part): void {
    const { activeElement } = document;
    const cell = this.list.contains(activeElement) && activeElement instanceof HTMLElement ? activeElement.dataset.cell : "";
    if (!cell) return;
    this.show();
    this.rows[this.parts.indexOf(part)]?.root.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus();
  }

  private remove(part: Part): void {
    const said = gettext("Chapter “{title}” is removed. Its part belongs to the one before.", { title: part.title });
    this.take({ forth: () => this.end(part), back: () => this.begin(part) }, said);
  }

  private async begin(part: Part): Promise<void> {
    part.id = (await addChapter(this.recording, part.start, part.title)).id;
    this.parts.push(part);
  }

  private async end(part: Part): Promise<void> {
    await removeChapter(this.recording, part.id);
    this.parts.splice(this.parts.indexOf(part), 1);
  }

  private take(step: Step, said: string, then?: () => void): void {
    this.queue(async () => {
      await step.forth();
      this.past.push(step);
      then?.();
      this.ways.say(said);
    });
  }

  private undo(): void {
    this.queue(async () => {
      const step = this.past.at(-1);
      if (!step) return this.ways.say(gettext("There is nothing to undo."));
      await step.back();
      this.past.pop();
      this.ways.say(gettext("Undone."));
    });
  }

  /** One after the other; what is refused is said, and what stands here is what is so. */
  private queue(deed: () => Promise<void>): void {
    this.ways.warn("");
    this.turn = this.turn.then(async () => {
      try {
        await deed();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.ways.warn(error.message || gettext("It could not be saved. Check the network and try again."));
      } finally {
        this.show();
      }
    });
  }

  private show(): void {
    this.parts.sort((a, b) => a.start - b.start);
    rowsInPlace(this.list, this.rows, this.parts, {
      make: (index) => this.row(index),
      show: (row, part, index) => this.tell(row, part, index + 1),
      home: () => this.title,
    });
    this.undoing.setAttribute("aria-disabled", String(this.past.length === 0));
    this.ways.changed(this.parts);
  }

  private tell(row: Row, part: Part, number: number): void {
    fill(row.at, exactTime(part.start));
    fill(row.title, part.title);
    row.at.removeAttribute("aria-invalid");
    row.at.setAttribute("aria-label", gettext("Chapter {number} begins at", { number }));
    row.title.setAttribute("aria-label", gettext("Title of chapter {number}", { number }));
    const names = [
      gettext("Go to chapter {title}", { title: part.title }),
      gettext("Begin chapter {title} where the preview is", { title: part.title }),
      gettext("Remove chapter {title}", { title: part.title }),
    ];
    row.buttons.forEach((button, place) => button.setAttribute("aria-label", names[place] ?? ""));
  }

  private row(index: number): Row {
    const field = (cell: string, look: string) =>
      el("input", { type: "text", class: `input ${look}`, "data-cell": cell, autocomplete: "off", readOnly: this.isFixed });
    const [at, title] = [field("at", "cut-time"), field("title", "cut-chapter-title")];
    const ofPart = (run: (part: Part) => void) => () => {
      const part = this.parts[index];
      if (part) run(part);
    };
    const button = (cell: string, word: string, run: (part: Part) => void) => {
      const made = el("button", { type: "button", class: "btn btn-quiet btn-small", "data-cell": cell }, word);
      made.addEventListener("click", ofPart(run));
      return made;
    };
    at.addEventListener("change", ofPart((part) => this.retime(at, part)));
    title.addEventListener("change", ofPart((part) => this.rename(title, part)));
    const buttons = [
      button("go", gettext("Go to"), (part) => this.ways.seek(part.start)),
      button("move", gettext("Move here"), (part) => this.move(part, Math.round(this.ways.now()))),
      button("remove", gettext("Remove"), (part) => this.remove(part)),
    ];
    for (const one of buttons.slice(1)) one.hidden = this.isFixed;
    const root = el("li", {}, at, title, el("div", { class: "cut-row-actions" }, ...buttons));
    return { root, at, title, buttons };
  }

  private retime(field: HTMLInputElement, part: Part): void {
    const start = parseTime(field.value);
    field.setAttribute("aria-invalid", String(start === null));
    if (start === null)
      return this.ways.warn(gettext("“{text}” is no time. Write it as 1:02:03.450 or 2:03.", { text: field.value }));
    this.move(part, start);
  }

  private move(part: Part, start: number): void {
    const values = { title: part.title, time: exactTime(start) };
    this.change(part, { start, title: part.title }, gettext("Chapter “{title}” begins at {time}.", values));
  }

  private rename(field: HTMLInputElement, part: Part): void {
    const title = field.value.trim();
    this.change(part, { start: part.start, title }, gettext("The chapter is called “{title}”.", { title }));
  }
}

/** What somebody is writing just now stays. */
function fill(field: HTMLInputElement, value: string): void {
  const isWritten = field === document.activeElement && field.value !== field.dataset.filled;
  if (!isWritten) field.value = value;
  field.dataset.filled = value;
}
