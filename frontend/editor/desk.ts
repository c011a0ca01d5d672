// Puts the editor together: preview, time line, marks, table, versions, keyboard, and what is said about it all.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { type Cut, edited, isSame, lengthOf, moved, tidy } from "./cuts";
import { type Editing, editing, type List, listOf, save, tiles, type Version, waveform } from "./data";
import { History } from "./history";
import { keyCommand } from "./keys";
import { cutTable, versionList } from "./lists";
import { lookList, nextLook } from "./looks";
import { Preview } from "./preview";
import { exactTime } from "./times";
import { Timeline } from "./timeline";
import { type Bar, bar } from "./bar";

const ASK_AGAIN_MS = 1500;

/** Where a file lies among others. */
const folderOf = (address: string): string => address.slice(0, address.lastIndexOf("/") + 1);

export class Desk {
  private readonly history: History<List>;
  private readonly preview: Preview;
  private readonly line: Timeline;
  private readonly bar: Bar;
  private readonly table = el("div", { class: "cut-list" });
  private readonly looks = el("div", { class: "cut-looks" });
  private readonly versions = el("div", {});
  private readonly voice = el("p", { class: "cut-voice", role: "status", "aria-live": "polite" });
  private readonly trouble = el("p", { class: "cut-trouble", role: "alert" });
  private from: number | null = null;
  private to: number | null = null;
  private isSkipping = true;
  private isSaving = false;
  private readonly frame: number;

  constructor(
    place: HTMLElement,
    private readonly recording: string,
    private data: Editing,
  ) {
    this.history = new History(listOf(data.versions[0]));
    this.frame = 1000 / (data.frame_rate || 25);
    this.preview = new Preview(data, (at) => this.ticked(at), (sentence) => this.warn(sentence));
    this.line = new Timeline(data.duration_ms, this.frame, {
      seek: (at) => this.preview.seek(at),
      edge: (index, edge, to, isSameStep) => this.move(index, edge, to, isSameStep),
      remove: (index) => this.remove(index),
    });
    this.bar = bar((command) => this.run(command), data.streams.length > 1);
    const left = el("div", { class: "cut-left" }, this.preview.root, this.line.root, this.bar.root, this.trouble, this.voice);
    const right = el(
      "div",
      { class: "cut-right" },
      el("section", { class: "panel panel-body" }, el("h2", {}, gettext("Cuts")), this.table, this.looks),
      el("section", { class: "panel panel-body" }, el("h2", {}, gettext("Versions")), this.versions),
    );
    const root = el("div", { class: "cut-desk" }, left, right);
    root.addEventListener("keydown", (event) => this.key(event));
    place.replaceChildren(root);
    window.addEventListener("beforeunload", (event) => this.isChanged && event.preventDefault());
    this.show();
    this.showVersions();
    void this.dress();
  }

  private async dress(): Promise<void> {
    const [pictures, wave] = await Promise.all([tiles(this.data.storyboard_url), waveform(this.data.waveform_url)]);
    this.line.draw(pictures, folderOf(this.data.waveform_url), wave);
  }

  private get list(): List {
    return this.history.current;
  }

  private get isChanged(): boolean {
    const saved = listOf(this.data.versions[0]);
    return !isSame(saved.cuts, this.list.cuts) || JSON.stringify(saved.looks) !== JSON.stringify(this.list.looks);
  }

  private ticked(at: number): void {
    this.line.place(at);
    this.bar.clock(exactTime(at), exactTime(edited(this.list.cuts, at)));
  }

  private take(list: List, said: string, isSameStep = false): void {
    this.history.take(list, isSameStep);
    this.show();
    this.say(said);
  }

  private show(): void {
    const { cuts } = this.list;
    this.line.show(cuts);
    this.line.mark(this.from, this.to);
    this.preview.use(cuts, this.isSkipping);
    cutTable(this.table, cuts, {
      edge: (index, edge, to) => this.move(index, edge, to, false),
      remove: (index) => this.remove(index),
      show: (index) => this.playOver(index),
      trouble: (sentence) => this.warn(sentence),
    });
    if (this.data.streams.length > 1)
      lookList(this.looks, this.list.looks, (at) => {
        const looks = this.list.looks.filter((look) => look.start_ms !== at);
        this.take({ ...this.list, looks }, gettext("Layout removed."));
      });
    this.bar.state({
      canUndo: this.history.canUndo,
      canRedo: this.history.canRedo,
      canCut: this.from !== null || this.to !== null,
      canSave: this.isChanged && !this.isSaving,
      canReset: cuts.length > 0,
      isSkipping: this.isSkipping,
      length: gettext("{edited} of {whole}", {
        edited: exactTime(lengthOf(cuts, this.data.duration_ms)),
        whole: exactTime(this.data.duration_ms),
      }),
    });
    this.ticked(this.preview.at);
  }

  private showVersions(): void {
    versionList(this.versions, this.data, (version) => this.goBack(version));
    const latest = this.data.versions[0];
    if (latest && !latest.is_shown && !latest.problem) setTimeout(() => void this.askAgain(), ASK_AGAIN_MS);
  }

  private async askAgain(): Promise<void> {
    try {
      const fresh = await editing(this.recording);
      if (fresh.version !== this.data.version) return; // somebody else's: saving says so
      const isNew = fresh.shown_version === fresh.version;
      this.data = fresh;
      this.showVersions();
      if (isNew) this.say(gettext("Viewers have version {number} now.", { number: fresh.version }));
    } catch {
      setTimeout(() => void this.askAgain(), ASK_AGAIN_MS * 4);
    }
  }

  private cut(spans: readonly Cut[], said: string): void {
    const cuts = tidy([...this.list.cuts, ...spans], this.data.duration_ms);
    this.from = this.to = null;
    if (lengthOf(cuts, this.data.duration_ms) < 1000) return this.warn(gettext("That would leave nothing to watch."));
    this.take({ ...this.list, cuts }, said);
  }

  private cutMarked(): void {
    if (this.from === null && this.to === null) return this.warn(gettext("Mark where the cut begins (I) and ends (O) first."));
    const [start, end] = [this.from ?? 0, this.to ?? this.preview.at].sort((a, b) => a - b) as [number, number];
    const times = { start: exactTime(start), end: exactTime(end) };
    this.cut([{ start, end }], gettext("Cut from {start} to {end}.", times));
    if (!this.preview.video.paused) return;
    this.preview.seek(Math.max(0, start - 1500));
  }

  private move(index: number, edge: "start" | "end", to: number, isSameStep: boolean): void {
    const cut = this.list.cuts[index];
    if (!cut) return;
    const next = moved(cut, edge, Math.max(0, Math.min(this.data.duration_ms, Math.round(to))));
    const cuts = this.list.cuts.map((one, at) => (at === index ? next : one));
    const tidied = tidy(cuts, this.data.duration_ms);
    if (lengthOf(tidied, this.data.duration_ms) < 1000) return this.warn(gettext("That would leave nothing to watch."));
    this.take({ ...this.list, cuts: tidied }, exactTime(next[edge]), isSameStep);
    if (this.preview.video.paused) this.preview.seek(next[edge]);
  }

  private remove(index: number): void {
    const cuts = this.list.cuts.filter((_, at) => at !== index);
    this.take({ ...this.list, cuts }, gettext("Kept again."));
  }

  private playOver(index: number): void {
    const cut = this.list.cuts[index];
    if (!cut) return;
    this.skipCuts(true);
    this.preview.playAround(cut.start > 2500 ? cut.start : cut.end, cut.start > 2500 ? 2500 : 0);
  }

  private goBack(version: Version | undefined): void {
    const name = version ? gettext("Version {number}", { number: version.version }) : gettext("The original, uncut");
    this.take(listOf(version), gettext("{name} is in the editor. Save it to give it to viewers.", { name }));
  }

  private skipCuts(isOn: boolean): void {
    this.isSkipping = isOn;
    this.show();
  }

  private run(command: string): void {
    this.warn("");
    const { at } = this.preview;
    const steps: Record<string, () => void> = {
      play: () => this.preview.toggle(),
      back: () => this.preview.seek(at - 5000),
      on: () => this.preview.seek(at + 5000),
      "frame-back": () => this.preview.seek(at - this.frame),
      "frame-on": () => this.preview.seek(at + this.frame),
      in: () => this.mark("from", at),
      out: () => this.mark("to", at),
      cut: () => this.cutMarked(),
      "trim-start": () => this.cut([{ start: 0, end: at }], gettext("It begins at {time} now.", { time: exactTime(at) })),
      "trim-end": () =>
        this.cut([{ start: at, end: this.data.duration_ms }], gettext("It ends at {time} now.", { time: exactTime(at) })),
      undo: () => this.step(this.history.undo(), gettext("Undone.")),
      redo: () => this.step(this.history.redo(), gettext("Done again.")),
      reset: () => this.take({ cuts: [], looks: [] }, gettext("Everything is kept. Save it to give it to viewers.")),
      skip: () => this.skipCuts(!this.isSkipping),
      save: () => void this.save(),
    };
    if (command.startsWith("look:")) return this.look(command.slice(5), at);
    steps[command]?.();
  }

  private mark(which: "from" | "to", at: number): void {
    this[which] = at;
    this.show();
    const time = exactTime(at);
    this.say(which === "from" ? gettext("The cut begins at {time}.", { time }) : gettext("The cut ends at {time}.", { time }));
  }

  private look(layout: string, at: number): void {
    this.take({ ...this.list, looks: nextLook(this.list.looks, layout, at) }, gettext("Shown like this from {time}.", { time: exactTime(at) }));
  }

  private step(isDone: boolean, said: string): void {
    if (!isDone) return;
    this.show();
    this.say(said);
  }

  private async save(): Promise<void> {
    if (this.isSaving || !this.isChanged) return;
    this.isSaving = true;
    this.show();
    try {
      this.data = await save(this.recording, this.data.version, this.list);
      this.say(gettext("Saved as version {number}. It is being prepared for viewers.", { number: this.data.version }));
      this.showVersions();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.warn(error.message || gettext("It could not be saved. Check the network and save again."));
    } finally {
      this.isSaving = false;
      this.show();
    }
  }

  private key(event: KeyboardEvent): void {
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const isButton = event.target instanceof HTMLButtonElement;
    const command = keyCommand(event, isField, isButton);
    if (!command) return;
    event.preventDefault();
    this.run(command);
  }

  private say(sentence: string): void {
    this.voice.textContent = sentence;
  }

  private warn(sentence: string): void {
    this.trouble.textContent = sentence;
  }
}
