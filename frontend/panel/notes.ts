// Notes and bookmarks: write at the instant, change, remove; what is found is marked.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import * as data from "./data";
import { matches } from "./find";
import type { Player } from "./player";
import { marked } from "./rows";

export interface Setting {
  readonly recording: string;
  readonly mayMakePublic: boolean;
  readonly mayModerate: boolean;
  readonly exportAddress: string;
  readonly say: (sentence: string) => void;
  /** What is shown at a place, as the title of a bookmark. */
  readonly titleAt: (ms: number) => string;
}

export class Notes {
  readonly root = el("div", { class: "side-notes" });
  private readonly list = el("ol", { class: "side-list" });
  private readonly marks = el("ol", { class: "side-list" });
  private readonly text = el("textarea", { class: "input", rows: 3, id: "side-note", maxLength: 5000, dir: "auto" });
  private readonly isPublic = el("input", { type: "checkbox", id: "side-public" });
  private readonly when = el("span", { class: "side-time" }, clockTime(0));
  private readonly error = el("p", { class: "error", role: "alert", hidden: true });
  private atMs: number | null = null;
  private notes: readonly data.Note[] = [];
  private bookmarks: readonly data.Bookmark[] = [];
  private words: readonly string[] = [];
  shown = 0;

  constructor(
    private readonly player: Player,
    private readonly setting: Setting,
    content: data.Content,
  ) {
    this.root.append(this.form(), this.section("side-notes-title", gettext("Notes"), this.list));
    this.root.append(this.bookmarkPart());
    player.onMove((ms) => this.atMs === null && (this.when.textContent = clockTime(ms / 1000)));
    this.fill(content.notes, content.bookmarks);
  }

  filter(words: readonly string[]): void {
    this.words = words;
    this.fill(this.notes, this.bookmarks);
  }

  /** The recording was edited: they lie elsewhere, and so does what is being written. */
  renew(content: data.Content): void {
    this.fill(content.notes, content.bookmarks);
    this.atMs = null;
    this.hold();
  }

  /** A bookmark at this very place. */
  async bookmark(): Promise<void> {
    const ms = Math.round(this.player.now());
    await this.try(async () => {
      await data.addBookmark(this.setting.recording, ms, this.setting.titleAt(ms));
      this.setting.say(gettext("Bookmark at {time}", { time: clockTime(ms / 1000) }));
    });
  }

  private form(): HTMLElement {
    const save = el("button", { class: "btn btn-small", type: "submit" }, gettext("Save note"));
    const label = el("label", { htmlFor: "side-note" }, gettext("Note at"), " ", this.when);
    const choice = el("label", { class: "check", htmlFor: "side-public" }, this.isPublic, gettext("Everybody sees it"));
    const foot = el("div", { class: "side-foot" }, this.setting.mayMakePublic && choice, save);
    const form = el("form", { class: "field side-form" }, label, this.text, this.error, foot);
    this.text.addEventListener("input", () => this.hold());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    return form;
  }

  /** The note belongs to the place where its first letter was written. */
  private hold(): void {
    if (this.text.value.trim() === "") this.atMs = null;
    else this.atMs ??= Math.round(this.player.now());
    this.when.textContent = clockTime((this.atMs ?? this.player.now()) / 1000);
  }

  private async save(): Promise<void> {
    const place = this.atMs ?? Math.round(this.player.now());
    await this.try(async () => {
      await data.addNote(this.setting.recording, place, this.text.value, this.isPublic.checked);
      this.text.value = "";
      this.atMs = null;
      this.setting.say(gettext("Note saved"));
    });
  }

  private async try(deed: () => Promise<unknown>): Promise<void> {
    this.error.hidden = true;
    try {
      await deed();
      const now = await data.written(this.setting.recording);
      this.fill(now.notes, now.bookmarks);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.error.textContent = error.message || gettext("That was not saved. Check the network and try again.");
      this.error.hidden = false;
    }
  }

  private fill(notes: readonly data.Note[], bookmarks: readonly data.Bookmark[]): void {
    [this.notes, this.bookmarks] = [notes, bookmarks];
    const shownNotes = notes.filter((note) => matches(note.text, this.words));
    const shownMarks = bookmarks.filter((mark) => matches(mark.title, this.words));
    this.shown = shownNotes.length + shownMarks.length;
    this.list.replaceChildren(...shownNotes.map((note) => this.note(note)));
    this.marks.replaceChildren(...shownMarks.map((mark) => this.mark(mark)));
    if (shownNotes.length === 0) this.list.append(this.none(gettext("No notes yet. Only you see what you write here.")));
    if (shownMarks.length === 0) this.marks.append(this.none(gettext("No bookmarks yet. The key B sets one.")));
  }

  private none(sentence: string): HTMLElement {
    const words = this.words.length > 0 ? gettext("Nothing found") : sentence;
    return el("li", { class: "side-none" }, words);
  }

  private note(note: data.Note): HTMLElement {
    const about = [note.author, note.is_public ? gettext("public") : ""].filter(Boolean).join(" · ");
    const buttons = el("span", { class: "side-deeds" });
    const item = el("li", {}, this.goTo(note.at_ms), el("p", { class: "side-text", dir: "auto" }, ...marked(note.text, this.words)));
    if (about) item.append(el("p", { class: "side-about" }, about));
    if (note.is_own) buttons.append(this.deed(gettext("Change"), note.at_ms, () => this.change(item, note)));
    if (note.is_own || (note.is_public && this.setting.mayModerate))
      buttons.append(this.deed(gettext("Delete"), note.at_ms, () => this.removeNote(note)));
    item.append(buttons);
    return item;
  }

  private change(item: HTMLElement, note: data.Note): void {
    const text = el("textarea", { class: "input", rows: 3, maxLength: 5000, dir: "auto", value: note.text });
    text.setAttribute("aria-label", gettext("Note at {time}", { time: clockTime(note.at_ms / 1000) }));
    const isPublic = el("input", { type: "checkbox", checked: note.is_public });
    const mayChoose = this.setting.mayMakePublic || note.is_public;
    const choice = el("label", { class: "check" }, isPublic, gettext("Everybody sees it"));
    const save = el("button", { class: "btn btn-small", type: "submit" }, gettext("Save note"));
    const leave = el("button", { class: "btn btn-quiet btn-small", type: "button" }, gettext("Leave as it was"));
    const form = el("form", { class: "field" }, text, el("div", { class: "side-foot" }, mayChoose && choice, leave, save));
    leave.addEventListener("click", () => this.fill(this.notes, this.bookmarks));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.try(() => data.changeNote(note.id, text.value, isPublic.checked));
    });
    item.replaceChildren(form);
    text.focus();
  }

  private async removeNote(note: data.Note): Promise<void> {
    if (!confirm(gettext("Delete this note? It cannot be got back."))) return;
    await this.try(() => data.removeNote(note.id));
    this.setting.say(gettext("Note deleted"));
  }

  private mark(mark: data.Bookmark): HTMLElement {
    const title = el("p", { class: "side-text", dir: "auto" }, ...marked(mark.title || gettext("Bookmark"), this.words));
    const drop = this.deed(gettext("Delete"), mark.at_ms, () => this.try(() => data.removeBookmark(mark.id)));
    return el("li", {}, this.goTo(mark.at_ms), title, el("span", { class: "side-deeds" }, drop));
  }

  private goTo(ms: number): HTMLElement {
    const time = clockTime(ms / 1000);
    const made = el("button", { class: "side-go", type: "button", "aria-label": gettext("Go to {time}", { time }) }, time);
    made.addEventListener("click", () => this.player.seek(ms));
    return made;
  }

  private deed(word: string, ms: number, run: () => unknown): HTMLElement {
    const which = el("span", { class: "sr-only" }, " ", gettext("at {time}", { time: clockTime(ms / 1000) }));
    const made = el("button", { class: "btn btn-quiet btn-small", type: "button" }, word, which);
    made.addEventListener("click", () => void run());
    return made;
  }

  private bookmarkPart(): HTMLElement {
    const add = el("button", { class: "btn btn-small", type: "button" }, gettext("Bookmark this place"));
    add.addEventListener("click", () => void this.bookmark());
    const save = el("a", { class: "btn btn-quiet btn-small", href: this.setting.exportAddress }, gettext("Save all as a file"));
    const part = this.section("side-marks-title", gettext("Bookmarks"), this.marks);
    part.append(el("div", { class: "side-foot" }, save, add));
    return part;
  }

  private section(id: string, title: string, list: HTMLElement): HTMLElement {
    return el("section", { "aria-labelledby": id }, el("h3", { id }, title), list);
  }
}
