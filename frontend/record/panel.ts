// The recorder on the page: what is recorded, how it stands, and what can be done.
import { el, icon } from "../island/elements";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { DRAWINGS as COMMON } from "../upload/drawings";
import { size } from "../upload/pace";
import { DRAWINGS } from "./drawings";
import type { Source } from "./sources";

export type Stage = "ready" | "recording" | "paused" | "sending" | "done" | "stuck";
export type Deed = "start" | "pause" | "resume" | "stop" | "cancel";

const HOLD_MS = 1500;
const STATES: Record<Stage, [string, readonly string[]]> = {
  ready: [gettext("Ready"), DRAWINGS.camera],
  recording: [gettext("Recording"), DRAWINGS.record],
  paused: [gettext("Paused: what happens now is cut from the recording"), COMMON.pause],
  sending: [gettext("Stopped. The rest is being sent"), COMMON.upload],
  done: [gettext("All of it is safe, and is being prepared"), COMMON.done],
  stuck: [gettext("The server does not take the rest"), COMMON.alert],
};
const DEEDS: Record<Stage, readonly Deed[]> = {
  ready: ["start"],
  recording: ["pause", "stop", "cancel"],
  paused: ["resume", "stop", "cancel"],
  sending: [],
  done: [],
  stuck: [],
};

/** One of the three things that can be recorded. */
class Row {
  readonly device = el("select", { class: "input input-small", hidden: true });
  readonly toggle = el("button", { type: "button", class: "btn btn-small", "aria-pressed": "false" });
  readonly root: HTMLElement;

  constructor(source: Source, label: string, beside: HTMLElement | null, pressed: () => void) {
    this.device.setAttribute("aria-label", gettext("{what}: which one", { what: label }));
    this.toggle.addEventListener("click", pressed);
    const name = el("p", { class: "record-source" }, icon(DRAWINGS[source]), label);
    this.root = el("div", { class: "record-row" }, name, this.device, beside, this.toggle);
    this.draw(label, false);
  }

  draw(label: string, isOn: boolean): void {
    this.toggle.setAttribute("aria-pressed", String(isOn));
    const words = isOn ? gettext("Turn off") : gettext("Turn on");
    this.toggle.replaceChildren(words, el("span", { class: "sr-only" }, ` ${label}`));
  }
}

const LABELS: Record<Source, string> = {
  camera: gettext("Camera"),
  microphone: gettext("Microphone"),
  screen: gettext("Screen"),
};

export class Panel {
  readonly root = el("section", { class: "record", "aria-label": gettext("Recorder") });
  readonly title: HTMLInputElement;
  readonly rows: Record<Source, Row>;
  private readonly meter = el("meter", { class: "record-level", min: 0, max: 1, hidden: true });
  private readonly shown = el("div", { class: "record-shown" });
  private readonly setup: HTMLElement;
  private readonly state = el("p", { class: "record-state", tabIndex: -1 });
  private readonly clock = el("p", { class: "record-clock" });
  private readonly safe = el("p", { class: "record-safe" });
  private readonly deeds = el("div", { class: "record-deeds" });
  private readonly problem = el("div", { role: "alert" });
  private readonly voice = el("div", { class: "sr-only", role: "status", "aria-live": "polite" });
  private stage: Stage | null = null;

  constructor(
    title: string,
    private readonly act: (deed: Deed) => void,
    turn: (source: Source) => void,
  ) {
    this.title = el("input", { class: "input", type: "text", id: "record-title", maxLength: 200, value: title });
    this.meter.setAttribute("aria-label", gettext("How loud it is"));
    const row = (source: Source, beside: HTMLElement | null) =>
      new Row(source, LABELS[source], beside, () => turn(source));
    this.rows = { camera: row("camera", null), microphone: row("microphone", this.meter), screen: row("screen", null) };
    const field = el("div", { class: "field" }, el("label", { htmlFor: "record-title" }, gettext("Title")), this.title);
    const rows = [this.rows.camera.root, this.rows.microphone.root, this.rows.screen.root];
    this.setup = el("div", { class: "panel panel-body record-setup" }, field, ...rows);
    const words = el("div", { class: "record-words" }, this.state, this.clock, this.safe);
    const bar = el("div", { class: "panel panel-body record-bar" }, words, this.deeds);
    this.root.append(this.shown, this.setup, this.problem, bar, this.voice);
  }

  draw(stage: Stage): void {
    if (stage === this.stage) return;
    const isFirst = this.stage === null;
    this.stage = stage;
    this.root.dataset.stage = stage;
    const [words, drawing] = STATES[stage];
    this.state.replaceChildren(icon(drawing), words);
    this.setup.hidden = stage !== "ready";
    this.title.disabled = stage !== "ready";
    const hadFocus = this.deeds.contains(document.activeElement);
    this.deeds.replaceChildren(...DEEDS[stage].map((deed) => this.button(deed)));
    if (hadFocus) (this.deeds.querySelector("button") ?? this.state).focus();
    if (!isFirst) this.say(words);
  }

  /** How long it lasts, how much is safe, how much waits here. */
  count(atMs: number, safe: number, waiting: string): void {
    const [time, line] = [clockTime(atMs / 1000), gettext("{size} safe on the server.", { size: size(safe) })];
    this.clock.textContent = time;
    this.safe.textContent = waiting ? `${line} ${waiting}` : line;
  }

  level(share: number): void {
    this.meter.value = share;
  }

  preview(source: Source, stream: MediaStream | undefined): void {
    this.rows[source].draw(LABELS[source], Boolean(stream));
    if (source === "microphone") {
      this.meter.hidden = !stream;
      return;
    }
    this.shown.querySelector(`[data-source=${source}]`)?.remove();
    if (!stream) return;
    const picture = el("video", { muted: true, autoplay: true, playsInline: true, srcObject: stream });
    picture.setAttribute("aria-label", gettext("What the recording shows: {what}", { what: LABELS[source] }));
    const figure = el("figure", { "data-source": source }, picture, el("figcaption", {}, LABELS[source]));
    this.shown.append(figure);
  }

  choices(source: "camera" | "microphone", found: readonly MediaDeviceInfo[], chosen: string): void {
    const { device } = this.rows[source];
    device.replaceChildren(
      ...found.map((one, number) => {
        const label = one.label || gettext("Number {number}", { number: number + 1 });
        return el("option", { value: one.deviceId, selected: one.deviceId === chosen }, label);
      }),
    );
    device.hidden = found.length < 2;
  }

  complain(sentence: string, way?: HTMLElement): void {
    const told = sentence && el("div", { class: "notice notice-bad" }, icon(COMMON.alert), el("p", {}, sentence, way));
    this.problem.replaceChildren(...(told ? [told] : []));
  }

  say(words: string): void {
    this.voice.textContent = words;
  }

  /** Where it can be followed from now on. */
  lead(address: string, label: string): void {
    const link = el("a", { class: "btn btn-primary", href: address }, label);
    this.deeds.replaceChildren(link);
    link.focus();
  }

  offer(...more: HTMLElement[]): void {
    this.deeds.replaceChildren(...more);
  }

  private button(deed: Deed): HTMLButtonElement {
    const [label, drawing, look] = words(deed);
    const made = el("button", { type: "button", class: `btn ${look}`, "data-deed": deed }, icon(drawing), label);
    if (deed === "cancel") this.hold(made);
    else made.addEventListener("click", () => this.act(deed));
    return made;
  }

  /** Cancelling takes a held press, or a second one for who cannot hold (T11). */
  private hold(button: HTMLButtonElement): void {
    let timer = 0;
    const begin = () => {
      if (timer) return;
      button.dataset.held = "";
      timer = window.setTimeout(() => this.act("cancel"), HOLD_MS);
    };
    const letGo = () => {
      clearTimeout(timer);
      timer = 0;
      delete button.dataset.held;
    };
    button.addEventListener("pointerdown", begin);
    const isPress = (event: KeyboardEvent) => event.key === "Enter" || event.key === " ";
    button.addEventListener("keydown", (event) => {
      if (!isPress(event)) return;
      event.preventDefault(); // a key that is held is no click
      begin();
    });
    button.addEventListener("keyup", (event) => {
      if (!isPress(event)) return;
      event.preventDefault();
      if (timer) this.ask();
      letGo();
    });
    for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) {
      button.addEventListener(name, letGo);
    }
    button.addEventListener("click", () => this.ask());
  }

  private ask(): void {
    const question = gettext("Cancel the recording? What was recorded goes to the bin.");
    const no = el("button", { type: "button", class: "btn btn-small" }, gettext("Go on recording"));
    const yes = el("button", { type: "button", class: "btn btn-danger btn-small" }, gettext("Cancel it"));
    const group = el("div", { class: "record-question", role: "group" }, el("p", {}, question), no, yes);
    const deeds = [...this.deeds.children];
    no.addEventListener("click", () => {
      this.deeds.replaceChildren(...deeds);
      this.deeds.querySelector("button")?.focus();
    });
    yes.addEventListener("click", () => this.act("cancel"));
    this.deeds.replaceChildren(group);
    no.focus();
  }
}

function words(deed: Deed): [string, readonly string[], string] {
  const all: Record<Deed, [string, readonly string[], string]> = {
    start: [gettext("Start recording"), DRAWINGS.record, "btn-primary"],
    pause: [gettext("Pause"), COMMON.pause, ""],
    resume: [gettext("Go on"), COMMON.play, "btn-primary"],
    stop: [gettext("Stop"), DRAWINGS.stop, "btn-primary"],
    cancel: [gettext("Hold to cancel"), COMMON.close, "btn-quiet record-cancel"],
  };
  return all[deed];
}
