// One file from drop to "ready to watch": its stage, what it says, and the sending of it.
import { Refused } from "../island/ask";
import { roughly } from "../island/time";
import { gettext } from "../island/words";
import type { Stage } from "./line";
import { titleFrom } from "./names";
import { observe, percent, type Sample, sentence, size } from "./pace";
import { process, ready } from "./processing";
import type { Cause } from "./retry";
import { Sending } from "./sending";
import { type Known, rename } from "./server";
import { type Deed, Sheet } from "./sheet";

const DRAW_MS = 250;
/** Where what must be read first stands, by the code of the refusal. */
const TO_READ: Record<string, string> = { EULA_REQUIRED: "/terms/", AUP_REQUIRED: "/terms/acceptable-use/" };

/** Where somebody sees what of theirs would free hours (R108). */
const HOURS = "/account/hours/";

/** What an item tells the page it is on. */
export interface Host {
  readonly folder: string;
  readonly use: string | null;
  changed(): void;
  say(sentence: string): void;
  deed(item: Item, deed: Deed): void;
}

/** What a code means where the answer may hold no sentence: asked how far an upload is, the server answers without one. */
function unsaid(code: string): string {
  if (code !== "RECYCLED") return gettext("The server did not take this file.");
  return gettext(
    "What this file goes to was deleted meanwhile. What has arrived is kept for now: ask for it to be taken out of the bin, then try again.",
  );
}

let count = 0;

/** Who runs the service may replace a file and is not told how it goes. */
function isHidden(reason: Refused): boolean {
  return reason.status === 403 || reason.status === 404;
}

export class Item {
  readonly id = String(++count);
  readonly sheet: Sheet;
  stage: Stage = "checking";
  fingerprint = "";
  url: string | null = null;
  recording: string | null = null;
  /** Set for a second picture: the recording it belongs to, or the item that will have one. */
  beside: string | Item | null = null;
  /** Set for a file in the place of one that could not be used: the recording that it is for. */
  instead: string | null = null;
  bytes = 0;
  private samples: readonly Sample[] = [];
  private sending: Sending | null = null;
  private sentence = "";
  private share: number | null | undefined;
  private link: { address: string; label: string } | undefined;
  private drawn = 0;
  private drawing = 0;
  private isFinal = false;
  private toldQuarter = 0;

  constructor(
    readonly name: string,
    readonly length: number,
    public file: File | null,
    private readonly host: Host,
  ) {
    this.sheet = new Sheet(this.id, name, (deed) => host.deed(this, deed));
    this.sheet.title.value = titleFrom(name);
    this.sheet.title.addEventListener("change", () => void this.retitle());
    this.draw();
  }

  /** An upload that began before this page was opened. */
  static from(known: Known, host: Host): Item {
    const item = new Item(known.original_name, known.length_bytes, null, host);
    item.recount(known);
    return item;
  }

  /** How far an upload is that waits for its file. */
  recount(known: Known): void {
    this.adopt(known);
    const share = percent(known.offset_bytes, known.length_bytes);
    this.to(
      "unfinished",
      gettext("Stopped at {percent} %. Drop or choose the same file and it goes on from there.", { percent: share }),
    );
  }

  /** Goes on with an upload that the server knows. */
  adopt(known: Known): void {
    [this.url, this.recording, this.bytes, this.fingerprint] = [
      known.url,
      known.recording_id,
      known.offset_bytes,
      known.fingerprint,
    ];
    if (known.position === 1) this.beside = known.recording_id;
    this.toldQuarter = Math.floor((4 * this.bytes) / Math.max(1, this.length));
  }

  /** The server does not know of it yet, so it is told what it is for when it begins. */
  get isNew(): boolean {
    return this.url === null;
  }

  get place() {
    const after = this.beside instanceof Item ? this.beside.id : undefined;
    return { id: this.id, stage: this.stage, after, isAnnounced: this.recording !== null };
  }

  to(stage: Stage, sentence: string): void {
    this.stage = stage;
    this.sentence = sentence;
    this.draw();
    this.host.changed();
  }

  /** Starts or goes on sending. */
  send(): void {
    if (!this.file) return;
    this.samples = [];
    this.sending ??= new Sending(this.file, () => this.label(), this.url, this.ears());
    this.to("sending", this.bytes ? gettext("Going on from {size}", { size: size(this.bytes) }) : gettext("Starting"));
    this.sending.start();
  }

  async pause(): Promise<void> {
    this.to("paused", gettext("Paused at {done} of {whole}", { done: size(this.bytes), whole: size(this.length) }));
    await this.sending?.pause();
  }

  async cancel(): Promise<void> {
    const sending =
      this.sending ?? (this.url && new Sending(new File([], this.name), () => this.label(), this.url, this.ears()));
    this.stage = "removed";
    if (sending) await sending.cancel().catch(() => undefined);
  }

  duplicate(known: Known): void {
    this.link = { address: `/recordings/${known.recording_id}/`, label: gettext("Open it") };
    this.to("duplicate", gettext("You already uploaded this file."));
  }

  /** A sentence instead of an upload. Status 0 came from this page, and trying again would say the same. */
  refuse(reason: Refused): void {
    this.isFinal = reason.status === 0 || this.bytes === this.length;
    const sentence = reason.message || unsaid(reason.code);
    const asked = TO_READ[reason.code];
    if (asked) this.link = { address: `${asked}?next=${location.pathname}`, label: gettext("Read it") };
    if (reason.code === "LIMIT_REACHED") this.link = { address: HOURS, label: gettext("See what you could free") };
    this.to("refused", reason.code ? `${sentence} (${reason.code})` : sentence);
    this.host.say(gettext("{name}: {sentence}", { name: this.name, sentence }));
  }

  draw(): void {
    clearTimeout(this.drawing);
    this.drawing = 0;
    this.drawn = performance.now();
    const shown = {
      line: this.sentence,
      bytes: this.bytes,
      length: this.length,
      link: this.link,
      isFinal: this.isFinal && this.stage === "refused",
      ...(this.share === undefined ? {} : { share: this.share }),
    };
    const isUntitled =
      ["unfinished", "duplicate", "removed"].includes(this.stage) || (this.stage === "refused" && !this.recording);
    const hasTitle = this.beside === null && this.instead === null && !isUntitled;
    this.sheet.draw(this.stage, shown, hasTitle);
  }

  private label() {
    const beside = this.beside instanceof Item ? this.beside.recording : this.beside;
    const title = this.sheet.title.value.trim() || titleFrom(this.name);
    return {
      folder: this.host.folder,
      title,
      fingerprint: this.fingerprint,
      recording: beside ?? undefined,
      instead: this.instead ?? undefined,
      use: this.host.use,
    };
  }

  private ears() {
    return {
      announced: (url: string, recording: string | null) => {
        [this.url, this.recording] = [url, recording ?? this.recording];
        this.host.changed();
      },
      progressed: (bytes: number) => this.progressed(bytes),
      interrupted: (cause: Cause, waitMs: number) => this.interrupted(cause, waitMs),
      arrived: () => this.arrived(),
      refused: (reason: Refused) => this.refuse(reason),
    };
  }

  private progressed(bytes: number): void {
    this.bytes = bytes;
    this.samples = observe(this.samples, performance.now(), bytes);
    if (this.stage === "retrying") this.to("sending", "");
    this.sentence = sentence(this.samples, bytes, this.length);
    this.tellQuarter();
    this.drawSoon();
  }

  /** At most four times a second, and always once after the last change. */
  private drawSoon(): void {
    if (this.drawing) return;
    const wait = Math.max(0, DRAW_MS - (performance.now() - this.drawn));
    this.drawing = window.setTimeout(() => this.draw(), wait);
  }

  private tellQuarter(): void {
    const quarter = Math.floor((4 * this.bytes) / Math.max(1, this.length));
    if (quarter <= this.toldQuarter || quarter === 4) return;
    this.toldQuarter = quarter;
    this.host.say(gettext("{name}: {percent} %", { name: this.name, percent: quarter * 25 }));
  }

  private interrupted(cause: Cause, waitMs: number): void {
    this.samples = [];
    const wait = roughly(waitMs / 1000);
    const sentences: Record<Cause, string> = {
      network: navigator.onLine
        ? gettext("The server cannot be reached. Trying again in {wait}; what has arrived is safe.", { wait })
        : gettext("The network is away. It goes on by itself when it is back; what has arrived is safe."),
      server: gettext("The server is busy or restarting. Trying again in {wait}; what has arrived is safe.", { wait }),
      busy: gettext("Picking up where it stopped"),
      gone: gettext("The server no longer has the first part. Starting again."),
      final: "",
    };
    if (cause === "gone") this.bytes = 0;
    const wasSending = this.stage === "sending";
    this.to("retrying", sentences[cause]);
    if (wasSending && cause !== "busy")
      this.host.say(gettext("{name}: {sentence}", { name: this.name, sentence: sentences[cause] }));
  }

  private arrived(): void {
    this.bytes = this.length;
    const target = this.beside instanceof Item ? this.beside.recording : (this.beside ?? this.recording);
    if (this.beside) {
      this.link = { address: `/recordings/${target}/`, label: gettext("Open the recording") };
      this.to("done", gettext("Arrived. It plays beside the first picture when it is ready."));
      return this.host.say(gettext("{name}: arrived", { name: this.name }));
    }
    this.share = null;
    this.to("processing", gettext("Arrived. Waiting for its turn"));
    this.host.say(gettext("{name}: arrived, being prepared", { name: this.name }));
    void this.prepared();
  }

  private async prepared(): Promise<void> {
    const recording = this.recording;
    if (!recording) return;
    try {
      const state = await process(recording, (sentence, share) => {
        [this.sentence, this.share] = [sentence, share];
        this.draw();
      });
      this.share = undefined;
      this.link = { address: `/recordings/${recording}/`, label: gettext("Watch") };
      this.to("done", ready(state));
      this.host.say(gettext("{name}: ready to watch", { name: this.name }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.share = undefined;
      if (this.instead && isHidden(error)) return this.to("done", gettext("Arrived. It is being prepared."));
      this.link = { address: `/recordings/${recording}/`, label: gettext("Open the recording") };
      this.refuse(error);
    }
  }

  private async retitle(): Promise<void> {
    const title = this.sheet.title.value.trim();
    if (!this.recording || !title || this.beside || this.instead) return;
    try {
      await rename(this.recording, title);
      this.host.say(gettext("Title saved"));
    } catch (error) {
      this.host.say(error instanceof Refused && error.message ? error.message : gettext("The title was not saved"));
    }
  }
}
