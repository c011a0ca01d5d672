// The editor of captions put together: the list, the cue that is worked on, sound, find and replace, saving.
import { Refused } from "../island/ask";
import { whenColoursChange } from "../island/colours";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { Chosen, small } from "./chosen";
import { finder } from "./finder";
import { help } from "./help";
import { type Deed, deedFor } from "./keys";
import { added, at, type Cue, doubtsIn, merge, moved, nextDoubtful, removed, replaced, split, withText } from "./model";
import { findNext, reword, type Wanted } from "./reword";
import { row } from "./row";
import { load, save, type Track } from "./server";
import { Sound } from "./sound";
import { type Loudness, Wave } from "./wave";

const MOST_UNDONE = 200;

export class Editor {
  private cues: readonly Cue[];
  private saved: readonly Cue[];
  private version: number;
  private selected = 0;
  private typing = -1;
  private readonly past: (readonly Cue[])[] = [];
  private readonly list = el("ol", { class: "captions-list", tabIndex: -1 });
  private readonly voice = el("p", { class: "captions-voice", role: "status" });
  private readonly trouble = el("div", { role: "alert" });
  private readonly doubtful = small("", () => this.run("doubtful"), "Alt+D");
  private readonly keep = el("button", { type: "button", class: "btn btn-primary btn-small", title: "Ctrl+S" }, gettext("Save"));
  private readonly chosen: Chosen;
  private readonly sound: Sound;
  private readonly wave: Wave;

  constructor(
    place: HTMLElement,
    private readonly recording: string,
    private readonly language: string,
    track: Track,
    playlist: string | null,
    loudness: Loudness | null,
  ) {
    this.cues = this.saved = track.cues;
    this.version = track.version;
    this.sound = new Sound(playlist, recording, () => this.moved());
    this.wave = new Wave(el("canvas", { class: "captions-wave", "aria-hidden": "true" }), loudness, (ms) => this.sound.seek(ms));
    this.chosen = new Chosen({
      typed: (text) => this.typed(text),
      timed: (edge, to) => this.timed(edge, to),
      now: (edge) => this.timed(edge, this.sound.nowMs),
      split: () => this.run("split"),
      merge: () => this.run("merge"),
      remove: () => this.change(removed(this.cues, this.selected), Math.min(this.selected, this.cues.length - 2)),
      check: () => this.check(),
    });
    this.chosen.text.lang = this.language;
    this.keep.addEventListener("click", () => this.run("save"));
    const finds = { next: (wanted: Wanted) => this.find(wanted), all: (wanted: Wanted, by: string) => this.replaceAll(wanted, by) };
    const left = el("div", { class: "captions-work" }, this.sound.video, this.wave.canvas, this.chosen.place, this.bar(), this.voice, finder(finds), help());
    place.replaceChildren(this.trouble, el("div", { class: "captions-editor" }, left, this.list));
    place.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    new ResizeObserver(() => this.draw()).observe(this.wave.canvas);
    whenColoursChange(() => this.draw());
    this.redraw();
    if (track.cues.length === 0) this.say(gettext("There are no captions yet. Play the recording, and add one where somebody speaks."));
  }

  private get isDirty(): boolean {
    return this.cues !== this.saved;
  }

  private bar(): HTMLElement {
    const button = (label: string, deed: Deed, keys: string) => small(label, () => this.run(deed), keys);
    return el(
      "div",
      { class: "actions captions-bar", role: "toolbar", "aria-label": gettext("Captions") },
      button(gettext("Previous"), "previous", "Alt+↑"),
      button(gettext("Next"), "next", "Alt+↓"),
      button(gettext("Play this caption"), "play", "Alt+P"),
      this.doubtful,
      button(gettext("Add one here"), "add", "Alt+N"),
      button(gettext("Undo"), "undo", "Alt+Z"),
      this.keep,
    );
  }

  private pressed(event: KeyboardEvent): void {
    const deed = deedFor(event);
    if (!deed) return;
    event.preventDefault();
    this.run(deed);
  }

  private run(deed: Deed): void {
    const cue = this.cues[this.selected];
    const deeds: Record<Deed, () => void> = {
      next: () => this.choose(Math.min(this.selected + 1, this.cues.length - 1)),
      previous: () => this.choose(Math.max(this.selected - 1, 0)),
      play: () => cue && this.sound.play(cue.start, cue.end),
      split: () => this.split(),
      merge: () => this.change(merge(this.cues, this.selected), this.selected),
      startNow: () => this.timed("start", this.sound.nowMs),
      endNow: () => this.timed("end", this.sound.nowMs),
      doubtful: () => this.nextDoubt(),
      add: () => this.change(...added(this.cues, this.sound.nowMs)),
      undo: () => this.undo(),
      save: () => void this.save(),
    };
    deeds[deed]();
  }

  /** Another list, with one of its cues chosen. */
  private change(cues: readonly Cue[], selected: number): void {
    if (cues === this.cues) return;
    this.past.push(this.cues);
    if (this.past.length > MOST_UNDONE) this.past.shift();
    this.cues = cues;
    this.typing = -1;
    this.selected = Math.max(0, selected);
    this.redraw();
    this.chosen.text.focus();
  }

  private typed(text: string): void {
    const cue = this.cues[this.selected];
    if (!cue) return;
    if (this.typing !== this.selected) this.past.push(this.cues);
    this.typing = this.selected;
    this.cues = replaced(this.cues, this.selected, withText(cue, text));
    this.redrawOne();
  }

  private timed(edge: "start" | "end", to: number): void {
    this.change(...moved(this.cues, this.selected, edge, to));
  }

  private split(): void {
    const before = this.cues.length;
    this.change(split(this.cues, this.selected, this.chosen.text.selectionStart), this.selected + 1);
    if (this.cues.length === before) this.say(gettext("Put the cursor between two words of the text first."));
  }

  private check(): void {
    const cue = this.cues[this.selected];
    if (cue) this.change(replaced(this.cues, this.selected, { ...cue, doubtful: [], checked: true }), this.selected);
  }

  private nextDoubt(): void {
    const found = nextDoubtful(this.cues, this.selected, this.chosen.text.selectionEnd);
    if (!found) return this.say(gettext("No word is marked as not sure."));
    const [index, [from, to]] = found;
    this.choose(index);
    this.chosen.text.setSelectionRange(from, to);
  }

  private undo(): void {
    const before = this.past.pop();
    if (!before) return this.say(gettext("There is nothing to undo."));
    this.cues = before;
    this.typing = -1;
    this.selected = Math.min(this.selected, Math.max(0, before.length - 1));
    this.redraw();
    this.say(gettext("Undone."));
  }

  private find(wanted: Wanted): void {
    const index = findNext(this.cues, wanted, this.selected);
    if (index < 0) return this.say(gettext("That was not found."));
    this.choose(index);
  }

  private replaceAll(wanted: Wanted, instead: string): void {
    const [cues, count] = reword(this.cues, wanted, instead);
    if (count === 0) return this.say(gettext("That was not found."));
    this.change(cues, Math.min(this.selected, cues.length - 1));
    this.say(gettext("Places replaced: {count}. Save to keep it.", { count }));
  }

  private choose(index: number): void {
    this.selected = index;
    this.typing = -1;
    this.mark();
    this.chosen.text.focus();
    const cue = this.cues[index];
    if (cue && this.sound.video.paused) this.sound.seek(cue.start);
  }

  private redraw(): void {
    this.list.replaceChildren(...this.cues.map((cue) => this.line(cue)));
    this.mark();
  }

  private redrawOne(): void {
    const [old, cue] = [this.list.children[this.selected], this.cues[this.selected]];
    if (old && cue) old.replaceWith(this.line(cue));
    this.mark();
  }

  private line(cue: Cue): HTMLLIElement {
    const made = row(cue, this.language, () => this.choose([...this.list.children].indexOf(made)));
    return made;
  }

  private mark(): void {
    for (const old of this.list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    const line = this.list.children[this.selected];
    line?.firstElementChild?.setAttribute("aria-current", "true");
    if (line instanceof HTMLElement) this.reveal(line);
    this.chosen.show(this.cues[this.selected], this.selected + 1, this.cues.length);
    const count = doubtsIn(this.cues);
    this.doubtful.textContent = gettext("Next not sure ({count})", { count });
    this.keep.toggleAttribute("disabled", !this.isDirty);
    this.draw();
  }

  /** Within the list only: the page stays where it is. */
  private reveal(line: HTMLElement): void {
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom - this.list.clientHeight;
  }

  private draw(): void {
    this.wave.draw(this.cues, this.selected, this.sound.nowMs, this.sound.wholeMs);
  }

  private moved(): void {
    this.draw();
    const shown = at(this.cues, this.sound.nowMs);
    this.list.querySelector("[data-shown]")?.removeAttribute("data-shown");
    if (shown >= 0) this.list.children[shown]?.setAttribute("data-shown", "");
  }

  private say(sentence: string): void {
    this.voice.textContent = sentence;
  }

  private async save(): Promise<void> {
    if (!this.isDirty) return this.say(gettext("Everything is saved."));
    const sent = this.cues;
    this.say(gettext("Saving"));
    try {
      this.version = await save(this.recording, this.language, this.version, sent);
      this.saved = sent;
      this.trouble.replaceChildren();
      this.say(gettext("Saved. Viewers see it the next time they open the recording."));
      this.mark();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error);
    }
  }

  private refused(error: Refused): void {
    this.say("");
    const plain = gettext("It could not be saved. Check the network and save again; what you wrote is still here.");
    const actions = el("div", { class: "actions mt-2" });
    if (error.code === "CONFLICT")
      actions.append(
        small(gettext("Load theirs; mine is lost"), () => void this.take(false)),
        small(gettext("Save mine over theirs"), () => void this.take(true)),
      );
    this.trouble.replaceChildren(el("div", { class: "notice notice-bad mb-4" }, el("div", {}, el("p", {}, error.message || plain), actions)));
  }

  /** After a lost race: what there is now, or mine again in its place. */
  private async take(isMine: boolean): Promise<void> {
    const track = await load(this.recording, this.language).catch(() => null);
    if (!track) return this.say(gettext("That could not be loaded. Try again."));
    this.version = track.version;
    this.trouble.replaceChildren();
    if (isMine) return this.save();
    this.saved = this.cues = track.cues;
    this.past.length = 0;
    this.selected = 0;
    this.redraw();
  }
}
