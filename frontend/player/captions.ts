// Captions over the pictures: which language, how they look, and the words of the moment.
import type { components } from "../api";
import { ask } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { chosen, isSame, LOOKS, OFF, SIZES, wantedAfter } from "./caption-choice";
import type { Choices } from "./menu";
import { recall, remember } from "./preferences";
import type { Speech } from "./speech";
import type { Stage } from "./stage";

const EVERY_MS = 60_000; // who watches sees within that what came, went or was corrected

type CaptionLine = components["schemas"]["CaptionLine"];

interface Track {
  readonly line: CaptionLine;
  readonly element: HTMLTrackElement;
}

export class Captions {
  private tracks: Track[] = [];
  private language = OFF;
  private isAsking = false;

  constructor(
    private readonly stage: Stage,
    private readonly speech: Speech,
    private readonly recording: string,
    private readonly changed: () => void,
  ) {
    stage.captions.addEventListener("click", () => void this.toggle());
    stage.settings.addEventListener("click", () => void this.look());
    document.addEventListener("visibilitychange", () => void this.look());
    window.setInterval(() => void this.look(), EVERY_MS);
    this.restyle();
    // Where the browser plays in a window of its own, only its own captions show.
    stage.first.addEventListener("webkitbeginfullscreen", () => this.setMode("showing"));
    stage.first.addEventListener("webkitendfullscreen", () => this.setMode("hidden"));
    void this.load();
  }

  /** The key c, and the button: on in the language last read, or off. */
  async toggle(): Promise<void> {
    if (this.tracks.length === 0) await this.look();
    if (this.tracks.length === 0) return this.speech.flash(gettext("This recording has no captions yet"));
    const wanted = this.language === OFF ? wantedAfter(this.languages(), recall("language") ?? "") : OFF;
    this.choose(wanted);
    const line = this.tracks.find((track) => track.line.language === wanted)?.line;
    this.speech.flash(line ? gettext("Captions: {label}", { label: line.label }) : gettext("Captions off"));
  }

  choices(): Choices[] {
    if (this.tracks.length === 0) return [];
    const languages = this.tracks.map(({ line }) => ({ value: line.language, label: line.label }));
    return [
      {
        label: gettext("Captions"),
        name: "captions",
        options: [{ value: OFF, label: gettext("Off") }, ...languages],
        value: this.language,
        choose: (value) => this.choose(value),
      },
      this.style("captionSize", gettext("Size of captions"), SIZES, sizeWords()),
      this.style("captionLook", gettext("Look of captions"), LOOKS, lookWords()),
    ];
  }

  /** They lie elsewhere now. */
  renew(): void {
    for (const { element } of this.tracks) element.remove();
    this.tracks = [];
    this.stage.words.replaceChildren();
    void this.load(this.language);
  }

  /** Whether there are others by now, while somebody watches: quietly, and what is read stays where it is still there. */
  private async look(): Promise<void> {
    if (this.isAsking || document.hidden || this.stage.root.dataset.wall) return;
    this.isAsking = true;
    const lines = await this.ask();
    this.isAsking = false;
    if (lines && !isSame(lines, this.tracks.map((track) => track.line))) this.take(lines);
  }

  private take(lines: CaptionLine[]): void {
    const had = this.tracks;
    const kept = had.filter(({ line }) => lines.some((one) => isSame([one], [line])));
    for (const { element } of had.filter((track) => !kept.includes(track))) element.remove();
    this.tracks = lines.map((line) => kept.find((track) => isSame([track.line], [line])) ?? { line, element: this.element(line) });
    this.stage.captions.hidden = lines.length === 0;
    if (this.languages().includes(this.language)) this.setMode("hidden");
    else if (this.language === OFF && recall("captions") === "on") this.turn(wantedAfter(this.languages(), recall("language") ?? ""));
    else this.turn(OFF); // what was read is gone, and nobody asked for another language
    this.changed();
  }

  private style(name: "captionSize" | "captionLook", label: string, all: readonly string[], words: Record<string, string>): Choices {
    return {
      label,
      name,
      options: all.map((value) => ({ value, label: words[value] ?? value })),
      value: chosen(all, recall(name)),
      choose: (value) => {
        remember(name, value);
        this.restyle();
      },
    };
  }

  private restyle(): void {
    this.stage.words.dataset.size = chosen(SIZES, recall("captionSize"));
    this.stage.words.dataset.look = chosen(LOOKS, recall("captionLook"));
  }

  /** A recording that cannot tell its captions plays without. */
  private async load(before = OFF): Promise<void> {
    const lines = (await this.ask()) ?? [];
    this.stage.captions.hidden = lines.length === 0;
    if (lines.length === 0) return;
    this.tracks = lines.map((line) => ({ line, element: this.element(line) }));
    if (this.languages().includes(before)) return this.choose(before);
    if (recall("captions") === "on") this.choose(wantedAfter(this.languages(), recall("language") ?? ""));
  }

  private async ask(): Promise<CaptionLine[] | null> {
    const found = await ask<{ captions: CaptionLine[] }>(`/api/recordings/${this.recording}/captions`).catch(() => null);
    return found && found.captions;
  }

  /** A file that is not there yet is asked for again. */
  private missing(line: CaptionLine): void {
    this.tracks.filter((track) => track.line === line).forEach(({ element }) => element.remove());
    this.tracks = this.tracks.filter((track) => track.line !== line);
  }

  private element(line: CaptionLine): HTMLTrackElement {
    const made = el("track", { kind: "captions", label: line.label, srclang: line.language, src: line.url });
    this.stage.first.append(made);
    made.track.mode = "disabled";
    made.addEventListener("load", () => this.show(made.track)); // it may come while a cue is due already
    made.addEventListener("error", () => this.missing(line));
    made.track.addEventListener("cuechange", () => this.show(made.track));
    return made;
  }

  private languages(): string[] {
    return this.tracks.map((track) => track.line.language);
  }

  private choose(language: string): void {
    remember("captions", language === OFF ? "off" : "on");
    if (language !== OFF) remember("language", language);
    this.turn(language);
  }

  private turn(language: string): void {
    this.language = language;
    const isOn = language !== OFF;
    this.stage.captions.setAttribute("aria-pressed", String(isOn));
    this.stage.root.toggleAttribute("data-captions", isOn);
    this.stage.words.replaceChildren();
    this.setMode("hidden");
  }

  private setMode(mode: TextTrackMode): void {
    for (const { line, element } of this.tracks) {
      element.track.mode = line.language === this.language ? mode : "disabled";
      if (line.language === this.language) this.show(element.track);
    }
  }

  private show(track: TextTrack): void {
    if (track.mode !== "hidden") return;
    const cues = [...(track.activeCues ?? [])] as VTTCue[];
    const lines = cues.flatMap((cue) => (cue.getCueAsHTML().textContent ?? "").split("\n"));
    this.stage.words.lang = track.language;
    this.stage.words.replaceChildren(...lines.map((line) => el("span", { dir: "auto" }, line)));
  }
}

function sizeWords(): Record<string, string> {
  return {
    small: gettext("Small"),
    normal: gettext("Normal"),
    large: gettext("Large"),
    huge: gettext("Very large"),
  };
}

function lookWords(): Record<string, string> {
  return {
    dark: gettext("White on black"),
    yellow: gettext("Yellow on black"),
    light: gettext("Black on white"),
    outline: gettext("White with an outline"),
  };
}
