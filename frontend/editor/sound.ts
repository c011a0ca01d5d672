// How loud and how fast the preview is.
import { SPEEDS, speedAfter } from "../player/keys";
import { el } from "../island/elements";
import { gettext } from "../island/words";

export class Sound {
  readonly root: HTMLElement;
  private readonly mute = el("button", { type: "button", class: "btn btn-small btn-quiet", title: gettext("Sound off or on (M)") }, gettext("Sound off"));
  private readonly volume = el("input", { type: "range", min: "0", max: "1", step: "0.05", class: "cut-volume", "aria-label": gettext("Volume") });
  private readonly speed = el("select", { class: "input input-small cut-layout", "aria-label": gettext("Speed") });

  constructor(
    private readonly video: HTMLVideoElement,
    run: (command: string) => void,
    private readonly say: (sentence: string) => void,
  ) {
    this.mute.setAttribute("aria-keyshortcuts", "m");
    this.mute.addEventListener("click", () => run("mute"));
    this.volume.addEventListener("input", () => {
      video.volume = Number(this.volume.value);
      video.muted = false;
    });
    this.speed.append(...SPEEDS.map((one) => new Option(one === 1 ? gettext("Normal speed") : `${one}×`, String(one))));
    this.speed.addEventListener("change", () => this.take(Number(this.speed.value)));
    for (const turn of ["volumechange", "ratechange"] as const) video.addEventListener(turn, () => this.show());
    this.root = el("div", { class: "cut-group", role: "group", "aria-label": gettext("Sound and speed") }, this.mute, this.volume, this.speed);
    this.show();
  }

  toggle(): void {
    this.video.muted = !this.video.muted;
    this.say(this.video.muted ? gettext("Sound off") : gettext("Sound on"));
  }

  speedBy(direction: number): void {
    this.take(speedAfter(this.video.playbackRate, direction));
    this.say(gettext("Speed {speed}", { speed: `${this.video.playbackRate}×` }));
  }

  private take(speed: number): void {
    this.video.defaultPlaybackRate = this.video.playbackRate = speed;
    this.video.preservesPitch = true;
  }

  private show(): void {
    this.mute.setAttribute("aria-pressed", String(this.video.muted));
    this.volume.value = String(this.video.muted ? 0 : this.video.volume);
    this.speed.value = String(this.video.playbackRate);
  }
}
