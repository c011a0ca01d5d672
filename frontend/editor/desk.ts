// Puts the editor together: preview, time line, marks, table, versions, keyboard, and what is said about it all.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { Chapters, type Part, partOf } from "./chapters";
import { type Cut, edited, isSame, lengthOf, moved, tidy } from "./cuts";
import { type Editing, folderOf, isSameList, type List, listOf, save, tiles, type Version, waveform } from "./data";
import { helpDialog } from "./help";
import { History } from "./history";
import { listenToKeys } from "./keys";
import { CutTable } from "./lists";
import { layoutName, LookList, nextLook } from "./looks";
import { Offer } from "./offer";
import { Preview } from "./preview";
import { Sound } from "./sound";
import { inShort, type Word, without } from "./said";
import { exactTime } from "./times";
import { Timeline } from "./timeline";
import { Transcript } from "./transcript";
import { type Bar, bar } from "./bar";
import { Unsaved } from "./unsaved";
import { Versions } from "./versions";

const column = (side: string, ...parts: HTMLElement[]) => el("div", { class: `cut-${side}` }, ...parts);
const section = (name: string, ...parts: HTMLElement[]) => el("section", { class: "panel panel-body" }, el("h2", {}, name), ...parts);

export class Desk {
  private readonly history: History<List>;
  private readonly preview: Preview;
  private readonly line: Timeline;
  private readonly bar: Bar;
  private readonly table: CutTable;
  private readonly looks: LookList;
  private readonly versions: Versions;
  private readonly sound: Sound;
  private readonly offer: Offer;
  private readonly unsaved: Unsaved;
  private readonly chapters: Chapters;
  private readonly transcript: Transcript;
  private readonly help: HTMLDialogElement;
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
      run: (command) => this.run(command),
    });
    this.offer = new Offer(() => this.line.head);
    this.unsaved = new Unsaved(recording, this.offer, {
      data: () => this.data,
      adopt: (fresh) => (this.data = fresh),
      isSaved: (list) => this.isSaved(list),
      take: (list, said) => this.take(list, said),
      save: () => void this.save(),
      showVersions: (fresh) => this.versions.show(fresh),
    });
    this.sound = new Sound(this.preview.video, (command) => this.run(command), (sentence) => this.say(sentence));
    this.table = new CutTable({
      edge: (index, edge, to) => this.move(index, edge, to, false),
      remove: (index) => this.remove(index),
      show: (index) => this.playOver(index),
      trouble: (sentence) => this.warn(sentence),
      home: () => this.line.head,
    });
    this.looks = new LookList((at) => this.unlook(at), () => this.line.head);
    this.versions = new Versions(recording, (version) => this.goBack(version), (fresh) => this.renewed(fresh));
    this.chapters = new Chapters(recording, data.chapters.map(partOf), this.chapterWays(), data.is_reference);
    this.transcript = new Transcript(recording, this.transcriptWays());
    this.bar = bar((command) => this.run(command), data.streams.length > 1);
    const root = el(
      "div",
      { class: "cut-desk" },
      column("left", this.preview.root, this.offer.root, this.line.root, this.bar.root, this.sound.root, this.trouble, this.voice),
      column(
        "right",
        section(gettext("Transcript"), this.transcript.root),
        section(gettext("Cuts"), this.table.root, this.looks.root),
        section(gettext("Chapters"), this.chapters.root),
        section(gettext("Versions"), this.versions.root),
      ),
    );
    listenToKeys(root, (command) => this.run(command));
    this.help = helpDialog(root);
    place.replaceChildren(root);
    window.addEventListener("beforeunload", (event) => this.isChanged && event.preventDefault());
    this.show();
    this.versions.show(data);
    this.unsaved.recall();
    void this.transcript.open();
    void Promise.all([tiles(data.storyboard_url), waveform(data.waveform_url)]).then(([pictures, wave]) =>
      this.line.fill(pictures, folderOf(data.waveform_url), wave),
    );
  }

  private chapterWays() {
    return {
      now: () => this.preview.at,
      seek: (at: number) => this.preview.seek(at),
      say: (sentence: string) => this.say(sentence),
      warn: (sentence: string) => this.warn(sentence),
      changed: (parts: readonly Part[]) => this.line.lane("chapters", parts.map((part) => ({ at: part.start, word: part.title }))),
    };
  }

  /** Words that are chosen are marked as what is cut between two instants is, on the time line too. */
  private transcriptWays() {
    const times = ({ start, end }: Cut) => ({ start: exactTime(start), end: exactTime(end) });
    return {
      seek: (at: number) => this.preview.seek(at),
      run: (command: string) => this.run(command),
      chosen: (span: Cut | null) => {
        [this.from, this.to] = [span?.start ?? null, span?.end ?? null];
        this.show();
      },
      cut: (words: readonly Word[], span: Cut) =>
        this.cut([span], gettext("Cut “{words}”, {start} to {end}.", { words: inShort(words), ...times(span) })),
      keep: (words: readonly Word[], span: Cut) => {
        const cuts = tidy(without(this.list.cuts, span), this.data.duration_ms);
        if (isSame(cuts, this.list.cuts))
          return this.warn(gettext("Less than a second between two cuts cannot be kept. Choose more words."));
        this.take({ ...this.list, cuts }, gettext("“{words}” is kept again.", { words: inShort(words) }));
      },
      say: (sentence: string) => this.say(sentence),
    };
  }

  private get list(): List {
    return this.history.current;
  }

  private get isChanged(): boolean {
    return !this.isSaved(this.list);
  }

  private isSaved(list: List): boolean {
    return isSameList(list, listOf(this.data.versions[0]));
  }

  private ticked(at: number): void {
    this.line.place(at);
    this.chapters.ticked(at);
    this.transcript.ticked(at);
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
    this.preview.use(cuts, this.list.looks, this.isSkipping);
    this.line.lane("looks", this.list.looks.map((look) => ({ at: look.start_ms, word: layoutName(look.layout) })));
    this.unsaved.note(this.list);
    this.table.show(cuts);
    this.transcript.show(cuts);
    this.looks.show(this.data.streams.length > 1 ? this.list.looks : []);
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

  /** What became of the version that was saved. */
  private renewed(fresh: Editing): void {
    this.versions.show(fresh);
    if (fresh.version !== this.data.version) return; // somebody else's, until it is chosen
    const isNew = fresh.shown_version === fresh.version && this.data.shown_version !== fresh.version;
    this.data = fresh;
    if (isNew) this.say(gettext("Viewers have version {number} now.", { number: fresh.version }));
  }

  private cut(spans: readonly Cut[], said: string): void {
    const cuts = tidy([...this.list.cuts, ...spans], this.data.duration_ms);
    this.from = this.to = null;
    if (lengthOf(cuts, this.data.duration_ms) < 1000) return this.warn(gettext("That would leave nothing to watch."));
    this.take({ ...this.list, cuts }, said);
  }

  private cutMarked(): void {
    if (this.from === null && this.to === null)
      return this.warn(gettext("Mark where the cut begins (I) and ends (O) first."));
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
    this.isSkipping = true;
    this.show();
    this.preview.playAround(cut.start > 2500 ? cut.start : cut.end, cut.start > 2500 ? 2500 : 0);
  }

  private goBack(version: Version | undefined): void {
    const name = version ? gettext("Version {number}", { number: version.version }) : gettext("The original, uncut");
    this.take(listOf(version), gettext("{name} is in the editor. Save it to give it to viewers.", { name }));
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
      undo: () => this.step(this.history.undo(), gettext("Undone."), gettext("There is nothing to undo.")),
      redo: () => this.step(this.history.redo(), gettext("Done again."), gettext("There is nothing to do again.")),
      reset: () => this.take({ cuts: [], looks: [] }, gettext("Everything is kept. Save it to give it to viewers.")),
      skip: () => {
        this.isSkipping = !this.isSkipping;
        this.show();
      },
      save: () => void this.save(),
      mute: () => this.sound.toggle(),
      slower: () => this.sound.speedBy(-1),
      faster: () => this.sound.speedBy(1),
      "zoom-in": () => this.line.zoom.by(2),
      "zoom-out": () => this.line.zoom.by(0.5),
      "zoom-whole": () => this.line.zoom.to(1),
      chapter: () => this.chapters.here(),
      help: () => this.help.showModal(),
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

  private unlook(at: number): void {
    const looks = this.list.looks.filter((look) => look.start_ms !== at);
    this.take({ ...this.list, looks }, gettext("Layout removed."));
  }

  private step(isDone: boolean, said: string, none: string): void {
    if (!isDone) return this.say(none);
    this.show();
    this.say(said);
  }

  private async save(): Promise<void> {
    if (this.isSaving) return;
    if (!this.isChanged) return this.say(gettext("Nothing has changed since it was saved."));
    this.isSaving = true;
    this.show();
    try {
      this.data = await save(this.recording, this.data.version, this.list);
      this.offer.close();
      this.say(gettext("Saved as version {number}. It is being prepared for viewers.", { number: this.data.version }));
      this.versions.show(this.data);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "CONFLICT" && (await this.unsaved.conflict())) return;
      this.warn(error.message || gettext("It could not be saved. Check the network and save again."));
    } finally {
      this.isSaving = false;
      this.show();
    }
  }

  private say(sentence: string): void {
    this.voice.textContent = sentence;
  }

  private warn(sentence: string): void {
    this.trouble.textContent = sentence;
  }
}
