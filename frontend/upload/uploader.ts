// The page of uploads: takes files in, keeps their order, and guards against leaving too early.
import { Refused } from "../island/ask";
import { el, icon } from "../island/elements";
import { gettext } from "../island/words";
import type { Declaration } from "./declaration";
import { DRAWINGS } from "./drawings";
import { fingerprint } from "./fingerprint";
import { type Host, Item } from "./item";
import { isAtRisk, mayStart } from "./line";
import { slidesFirst } from "./names";
import { size } from "./pace";
import { find, type Known, unfinished } from "./server";
import type { Deed } from "./sheet";

const RECOUNT_MS = 2000;

/** What the page says about the place. */
export interface Place {
  readonly folder: string;
  /** A recording that gets a second picture, or another file in the place of one that could not be used. */
  readonly recording: string | null;
  readonly isReplacing: boolean;
  readonly maxBytes: number;
}

export class Uploader implements Host {
  readonly list = el("ul", { class: "upload-list", "aria-label": gettext("Files") });
  readonly voice = el("div", { class: "sr-only", role: "status", "aria-live": "polite" });
  readonly questions = el("div", {});
  readonly folder: string;
  private items: Item[] = [];

  constructor(
    private readonly place: Place,
    private readonly choose: (then: (files: File[]) => void) => void,
    private readonly home: () => void,
    private readonly declaration: Declaration | null = null,
  ) {
    this.folder = place.folder;
    window.addEventListener("beforeunload", (event) => {
      if (isAtRisk(this.items.map((item) => item.place))) event.preventDefault();
    });
  }

  /** Lists what was begun before; once more a moment later, when the server has counted what a reload broke off. */
  async recall(): Promise<void> {
    for (const waitMs of [0, RECOUNT_MS]) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const known = await unfinished().catch(() => [] as Known[]);
      for (const one of known) this.recollect(one);
    }
  }

  private recollect(known: Known): void {
    const item = this.items.find((other) => other.fingerprint === known.fingerprint);
    if (!item) this.add(Item.from(known, this));
    else if (item.stage === "unfinished") item.recount(known);
  }

  /** Files were dropped or chosen. */
  async take(files: readonly File[]): Promise<void> {
    const fresh: Item[] = [];
    for (const file of files) {
      const item = await this.receive(file);
      if (item) fresh.push(item);
    }
    if (this.place.isReplacing) this.asOther(fresh);
    else if (this.place.recording) this.asSecond(fresh, this.place.recording);
    else if (fresh.length === 2 && files.length === 2) this.askWhetherOne(fresh as [Item, Item]);
    else for (const item of fresh) item.to("waiting", this.turn());
    this.changed();
  }

  /** What is sent with a file that begins; null: nothing was said yet, or nothing is asked. */
  get use(): string | null {
    return this.declaration?.words ?? null;
  }

  /** Somebody said what the files are for, or wants to say it anew. */
  declared(): void {
    for (const item of this.items) if (item.stage === "waiting" && item.isNew) item.to("waiting", this.turn());
    this.changed();
  }

  private get isSilent(): boolean {
    return this.declaration !== null && this.declaration.words === null;
  }

  private turn(): string {
    return this.isSilent
      ? gettext("Say above what it is for; then it is sent")
      : gettext("Waiting for its turn");
  }

  changed(): void {
    for (const item of this.items) {
      const first = item.beside;
      if (first instanceof Item && first.stage === "refused" && !first.recording) item.beside = null; // it stands alone
    }
    const places = this.items.filter((item) => !(this.isSilent && item.isNew)).map((item) => item.place);
    const free = mayStart(places);
    for (const item of this.items) if (free.includes(item.id)) item.send();
  }

  say(sentence: string): void {
    this.voice.textContent = sentence;
  }

  deed(item: Item, deed: Deed): void {
    const deeds: Record<Deed, () => void> = {
      pause: () => void item.pause(),
      resume: () => item.to("waiting", gettext("Waiting for its turn")),
      cancel: () => (item.bytes > 0 ? item.sheet.confirm(item.bytes) : void this.drop(item)),
      keep: () => {
        item.sheet.unconfirm();
        item.draw();
        item.sheet.focus();
      },
      discard: () => void this.drop(item),
      choose: () => this.choose((files) => void this.again(item, files)),
      again: () => item.to("waiting", this.turn()),
      retry: () => this.retry(item),
      hide: () => this.remove(item),
    };
    deeds[deed]();
  }

  private add(item: Item): void {
    this.items.push(item);
    this.list.append(item.sheet.root);
  }

  private remove(item: Item): void {
    this.items = this.items.filter((other) => other !== item);
    item.sheet.root.remove();
    this.home();
    this.changed();
  }

  private async drop(item: Item): Promise<void> {
    await item.cancel();
    this.remove(item);
    this.say(gettext("{name}: cancelled", { name: item.name }));
  }

  private retry(item: Item): void {
    if (item.stage === "retrying") void item.pause().then(() => item.send());
    else item.to("waiting", gettext("Waiting for its turn"));
  }

  /** The item of a new file; null when it goes on with one that is here, is known, or cannot be taken. */
  private async receive(file: File): Promise<Item | null> {
    const item = new Item(file.name, file.size, file, this);
    if (this.place.isReplacing) item.instead = this.place.recording;
    this.add(item);
    const problem = this.problem(file);
    if (problem) return this.refuse(item, new Refused(0, "", problem));
    item.to("checking", gettext("Looking whether it is here already"));
    try {
      item.fingerprint = await fingerprint(file);
    } catch {
      return this.refuse(
        item,
        new Refused(0, "", gettext("This file cannot be read. Folders have to be sent file by file.")),
      );
    }
    const other = this.items.find((one) => one !== item && one.fingerprint === item.fingerprint);
    if (other) return this.meet(item, other, file);
    return this.compare(item);
  }

  private problem(file: File): string {
    if (file.size === 0) return gettext("This file is empty, or it is a folder.");
    const tooLarge = this.place.maxBytes > 0 && file.size > this.place.maxBytes;
    const values = { size: size(file.size), most: size(this.place.maxBytes) };
    return tooLarge ? gettext("This file has {size}; at most {most} can be sent.", values) : "";
  }

  private refuse(item: Item, reason: Refused): null {
    item.refuse(reason);
    return null;
  }

  /** The same file is on this page: go on with it, or point at it. */
  private meet(item: Item, other: Item, file: File): null {
    this.remove(item);
    other.sheet.root.scrollIntoView({ block: "nearest" });
    if (other.stage === "unfinished") {
      other.file = file;
      other.to("waiting", gettext("Going on where it stopped"));
      this.say(gettext("{name}: going on where it stopped", { name: other.name }));
    } else this.say(gettext("{name} is on this page already", { name: other.name }));
    return null;
  }

  private async compare(item: Item): Promise<Item | null> {
    try {
      const known = await find(item.fingerprint);
      if (known?.state === "OPEN") {
        item.adopt(known);
        item.to("waiting", gettext("Going on where it stopped"));
        return null;
      }
      if (known?.state === "COMPLETE" && known.recording_id) {
        item.duplicate(known);
        this.say(gettext("{name}: you already uploaded this file", { name: item.name }));
        return null;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401 || error.status === 403) return this.refuse(item, error);
    }
    return item;
  }

  private async again(item: Item, files: readonly File[]): Promise<void> {
    const file = files[0];
    if (!file) return;
    const isSame = file.size === item.length && (await fingerprint(file)) === item.fingerprint;
    if (isSame) {
      item.file = file;
      item.to("waiting", gettext("Going on where it stopped"));
      item.sheet.focus();
      return;
    }
    this.say(gettext("{name} is another file, so it begins as its own upload", { name: file.name }));
    await this.take(files);
  }

  private asSecond(fresh: readonly Item[], recording: string): void {
    fresh.forEach((item, index) => {
      if (index > 0)
        return item.refuse(new Refused(0, "", gettext("A recording has two pictures: only one file can be added.")));
      item.beside = recording;
      item.to("waiting", gettext("Waiting for its turn"));
    });
  }

  private asOther(fresh: readonly Item[]): void {
    fresh.forEach((item, index) => {
      if (index > 0)
        return item.refuse(new Refused(0, "", gettext("One file takes the place of the one that could not be used.")));
      item.to("waiting", this.turn());
    });
  }

  /** Two files at once are often slides and camera: the first goes on its way, the second waits for one click. */
  private askWhetherOne(pair: [Item, Item]): void {
    const [first, second] = slidesFirst(...pair);
    first.to("waiting", this.turn());
    second.to("asking", gettext("Waits for your answer above"));
    const title = el(
      "p",
      { class: "upload-ask" },
      icon(DRAWINGS.two),
      gettext("Are these two pictures of the same lecture, as slides and camera?"),
    );
    const names = el(
      "p",
      {},
      gettext("“{first}” gives the sound; “{second}” plays beside it.", { first: first.name, second: second.name }),
    );
    const one = el("button", { type: "button", class: "btn btn-primary" }, gettext("Yes, one recording"));
    const two = el("button", { type: "button", class: "btn" }, gettext("No, two recordings"));
    const box = el(
      "div",
      { class: "upload-question-box notice notice-busy", role: "group" },
      el("div", {}, title, names, el("div", { class: "upload-deeds" }, one, two)),
    );
    box.setAttribute("aria-label", gettext("Two files"));
    const answer = (isOne: boolean) => {
      box.remove();
      if (second.stage !== "asking") return;
      if (isOne) second.beside = first;
      second.to(
        "waiting",
        isOne ? gettext("Second picture. Waiting for the first to begin") : gettext("Waiting for its turn"),
      );
      second.sheet.focus();
    };
    one.addEventListener("click", () => answer(true));
    two.addEventListener("click", () => answer(false));
    this.questions.replaceChildren(box);
    this.say(title.textContent ?? "");
    one.focus();
  }
}
