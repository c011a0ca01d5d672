// The recorder: from what is chosen to a recording that is all on the server.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Declaration } from "../upload/declaration";
import { Delivery } from "./delivery";
import { fileName, filesOf } from "./formats";
import { lockOf } from "./left";
import { type Deed, Panel, type Stage } from "./panel";
import { begin, end } from "./server";
import { type Source, Sources } from "./sources";
import type { Kept, Store } from "./store";
import { Take, typeOf } from "./take";

const DRAW_MS = 200;
const RECORDING: readonly Stage[] = ["recording", "paused"];

/** What the page says about the place. */
export interface Place {
  readonly folder: string;
  readonly account: string;
  readonly title: string;
}

export class Recorder {
  readonly panel: Panel;
  private readonly sources: Sources;
  private stage: Stage = "ready";
  private take: Take | null = null;
  private delivery: Delivery | null = null;
  private kept: Kept | null = null;
  private safe = 0;
  private hurdle = "";
  private isBusy = false;
  private lastMs = 0;
  private letGo: () => void = () => undefined;
  private wake: WakeLockSentinel | null = null;

  constructor(
    private readonly place: Place,
    private readonly store: Store,
    private readonly declaration: Declaration | null,
  ) {
    this.panel = new Panel(place.title, (deed) => void this.act(deed), (source) => void this.turn(source));
    this.sources = new Sources((source, isOn) => this.sourceChanged(source, isOn));
    for (const source of ["camera", "microphone"] as const) {
      const { device } = this.panel.rows[source];
      device.addEventListener("change", () => void this.turnOn(source, device.value));
    }
    this.panel.rows.screen.root.hidden = !("getDisplayMedia" in navigator.mediaDevices);
    this.panel.draw("ready");
    this.panel.count(0, 0, "");
    window.setInterval(() => this.tick(), DRAW_MS);
    window.addEventListener("beforeunload", (event) => {
      if (RECORDING.includes(this.stage) || this.stage === "sending") event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => void this.stayAwake());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /** What it is for was said. */
  declared(): void {
    this.panel.complain("");
  }

  private key(event: KeyboardEvent): void {
    const on = event.target as HTMLElement;
    if (event.key !== " " || event.repeat || on.closest("button, a, input, select, textarea, summary, video")) return;
    if (!RECORDING.includes(this.stage)) return;
    event.preventDefault();
    void this.act(this.stage === "paused" ? "resume" : "pause");
  }

  private async turn(source: Source): Promise<void> {
    if (this.sources.has(source)) this.sources.turnOff(source);
    else await this.turnOn(source, "");
  }

  private async turnOn(source: Source, device: string): Promise<void> {
    this.panel.complain("");
    try {
      await this.sources.turnOn(source, device);
    } catch (error) {
      this.panel.complain(whyNot(error, source));
    }
  }

  private sourceChanged(source: Source, isOn: boolean): void {
    this.panel.preview(source, this.sources.get(source));
    if (!isOn && RECORDING.includes(this.stage)) {
      this.panel.say(gettext("One of the sources has ended. What is left goes on."));
    }
    if (isOn && source !== "screen") void this.name(source);
  }

  private async name(source: "camera" | "microphone"): Promise<void> {
    const chosen = this.sources.get(source)?.getTracks()[0]?.getSettings().deviceId ?? "";
    this.panel.choices(source, await this.sources.devices(source), chosen);
  }

  private async act(deed: Deed): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await { start: this.start, pause: this.pause, resume: this.resume, stop: this.stop, cancel: this.cancel }[
        deed
      ].call(this);
    } finally {
      this.isBusy = false;
    }
  }

  private async start(): Promise<void> {
    const has = (source: Source) => this.sources.has(source);
    const files = filesOf({ camera: has("camera"), screen: has("screen"), microphone: has("microphone") });
    if (!files.length) return this.panel.complain(gettext("Turn on a camera, a microphone or a screen first."));
    if (this.declaration && this.declaration.words === null) {
      document.querySelector<HTMLElement>("#declaration button:not([hidden])")?.focus();
      return this.panel.complain(gettext("First say what the recording is for, above: then it begins."));
    }
    this.panel.complain("");
    const streams = this.sources.streamsFor(files);
    const names = files.map((file, number) => fileName(file, typeOf(streams[number] as MediaStream)));
    try {
      const title = this.panel.title.value.trim() || this.place.title;
      const begun = await begin(this.place.folder, title, names, this.declaration?.words ?? null);
      const parts = begun.uploads.map((url, number) => ({ url, name: names[number] ?? "", length: null }));
      await this.go({ recording: begun.recording_id, title, parts }, streams);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.panel.complain(error.message || gettext("The server cannot be reached. Try again in a while."));
    }
  }

  private async go(begun: Pick<Kept, "recording" | "title" | "parts">, streams: MediaStream[]): Promise<void> {
    const kept: Kept = { ...begun, account: this.place.account, begunAt: Date.now(), steps: [], lastMs: 0 };
    this.kept = kept;
    await this.store.put(kept);
    void navigator.locks.request(lockOf(kept.recording), () => new Promise<void>((free) => (this.letGo = free)));
    this.delivery = new Delivery(this.store, kept, {
      arrived: (bytes) => {
        this.safe = bytes;
        this.hurdle = "";
      },
      waiting: (status) => (this.hurdle = hurdle(status)),
      done: () => this.arrived(),
      refused: (reason) => this.stuck(reason),
    });
    this.take = new Take(this.store, kept, this.delivery, streams, () => void this.ranOut());
    this.take.start();
    this.delivery.start();
    this.show("recording");
    await this.stayAwake();
  }

  private async pause(): Promise<void> {
    if (this.stage !== "recording" || !this.take) return;
    this.show("paused");
    void this.delivery?.say({ step: "pause", at_ms: this.take.atMs });
  }

  private async resume(): Promise<void> {
    if (this.stage !== "paused" || !this.take) return;
    this.show("recording");
    void this.delivery?.say({ step: "resume", at_ms: this.take.atMs });
  }

  private async stop(): Promise<void> {
    if (!RECORDING.includes(this.stage) || !this.take) return;
    this.lastMs = this.take.atMs;
    this.show("sending");
    void this.delivery?.say({ step: "stop", at_ms: this.lastMs });
    await this.take.stop();
    this.sources.allOff();
    await this.wake?.release();
  }

  private async ranOut(): Promise<void> {
    if (RECORDING.includes(this.stage)) await this.act("stop");
  }

  private async cancel(): Promise<void> {
    const { take, kept } = this;
    if (!RECORDING.includes(this.stage) || !take || !kept) return;
    this.delivery?.close();
    this.show("ready");
    await take.stop();
    this.sources.allOff();
    this.letGo();
    try {
      await end(kept.recording, "cancel");
      await this.store.forget(kept);
      this.panel.say(gettext("The recording was cancelled. What had arrived is in the bin."));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.panel.complain(error.message || gettext("The server cannot be reached. Load the page: from there it can be put into the bin later."));
    }
    this.panel.count(0, 0, "");
    this.take = null;
  }

  private arrived(): void {
    this.letGo();
    this.show("done");
    this.panel.count(this.lastMs, this.safe, "");
    this.panel.lead(`/recordings/${this.kept?.recording}/`, gettext("Open the recording"));
  }

  private stuck(reason: Refused): void {
    if (this.stage === "ready") return;
    void this.take?.stop();
    this.letGo();
    this.show("stuck");
    this.panel.complain(reason.message || gettext("The server does not take the rest of this recording."));
    const again = el("a", { class: "btn", href: location.href }, gettext("See what is kept in this browser"));
    this.panel.offer(again);
  }

  private show(stage: Stage): void {
    this.stage = stage;
    this.panel.draw(stage);
    for (const form of document.querySelectorAll<HTMLElement>("#declaration, #record-left")) {
      form.hidden = stage !== "ready";
    }
  }

  private tick(): void {
    if (this.stage === "ready") this.panel.level(this.sources.level());
    if (this.stage === "sending") this.panel.count(this.lastMs, this.safe, this.hurdle);
    if (RECORDING.includes(this.stage) && this.take) this.panel.count(this.take.atMs, this.safe, this.hurdle);
  }

  /** The screen stays on while something is recorded. */
  private async stayAwake(): Promise<void> {
    if (document.visibilityState !== "visible" || !RECORDING.includes(this.stage)) return;
    this.wake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }
}

function hurdle(status: number): string {
  if (status === 401) return gettext("You were signed out: sign in in another window. What is recorded is kept here.");
  if (status === 507) return gettext("The server has no room now. What is recorded is kept here, and sent later.");
  return gettext("The server cannot be reached. What is recorded is kept here, and sent later.");
}

function whyNot(error: unknown, source: Source): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return gettext("No such device was found. Plug it in, and turn it on again here.");
  }
  if (name === "NotReadableError") {
    return gettext("Another program is using it. Close that one, and turn it on again here.");
  }
  return source === "screen"
    ? gettext("No screen was chosen. Turn it on again to choose one.")
    : gettext("The browser may not use it. Allow it beside the address of this page, and turn it on again.");
}
