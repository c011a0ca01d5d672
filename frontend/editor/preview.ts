// Plays the unedited recording as if it were cut: at a cut's edge it goes on at its end. Nothing is encoded for that.
import { Engine } from "../player/engine";
import { Follower } from "../player/follower";
import { FIRST_LAYOUT, wantedAt } from "../player/layout";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { type Cut, skipFrom } from "./cuts";
import type { Editing, Look } from "./data";

const EARLY = 20; // ms: a frame that is drawn before the jump is a flash of what is cut

export class Preview {
  readonly root: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly second: HTMLVideoElement | null;
  private cuts: readonly Cut[] = [];
  private looks: readonly Look[] = [];
  private isSkipping = true;
  /** For measuring: when the last jump over a cut was asked for, and how long it took until a frame stood there. */
  jumpMs = 0;
  private jumpBegan = 0;

  constructor(
    data: Editing,
    private readonly heard: (at: number) => void,
    trouble: (sentence: string) => void,
  ) {
    const [main, other] = data.streams;
    this.video = picture("is-first");
    this.second = other ? picture("is-second") : null;
    if (this.second) this.second.muted = true;
    this.root = el("div", { class: "cut-stage" }, this.video, this.second);
    this.root.dataset.pictures = String(main?.role === "AUDIO" ? 0 : data.streams.length);
    const ears = {
      refused: () => trouble(gettext("You may no longer watch this recording.")),
      lost: () => trouble(gettext("The network is away. What you changed is still here.")),
      back: () => trouble(""),
      broken: () => trouble(gettext("This recording cannot be played here just now.")),
      levels: () => undefined,
    };
    const quiet = { ...ears, refused: () => undefined, lost: () => undefined, back: () => undefined, broken: () => undefined };
    const engines = [new Engine(this.video, main?.playlist_url ?? "", ears, 0, 0)];
    if (other && this.second) {
      engines.push(new Engine(this.second, other.playlist_url, quiet, 0, 0));
      new Follower(this.video, this.second, () => undefined).start();
    }
    this.video.addEventListener("play", () => {
      for (const engine of engines) engine.hurry();
      this.run();
    });
    this.video.addEventListener("seeked", () => {
      if (this.jumpBegan) this.jumpMs = performance.now() - this.jumpBegan;
      this.jumpBegan = 0;
      this.root.dataset.jumpMs = String(Math.round(this.jumpMs));
    });
    for (const turn of ["timeupdate", "seeked", "pause"] as const)
      this.video.addEventListener(turn, () => this.ticked(this.at));
  }

  get at(): number {
    return Math.round(this.video.currentTime * 1000);
  }

  /** `isSkipping`: as viewers will have it; else what is cut plays too, to look for an edge. */
  use(cuts: readonly Cut[], looks: readonly Look[], isSkipping: boolean): void {
    this.cuts = cuts;
    this.looks = looks;
    this.arrange(this.at);
    this.isSkipping = isSkipping;
    this.skip();
  }

  private ticked(at: number): void {
    this.arrange(at);
    this.heard(at);
  }

  /** As it is shown at an instant; before the first layout as a viewer has it who has chosen none. */
  private arrange(at: number): void {
    if (!this.second) return;
    const { arrangement, isSwapped } = wantedAt(this.looks, at) ?? FIRST_LAYOUT;
    this.root.dataset.layout = arrangement;
    this.root.dataset.large = isSwapped ? "second" : "first";
  }

  seek(at: number): void {
    this.video.currentTime = Math.max(0, at / 1000);
    this.ticked(at);
  }

  toggle(): void {
    if (this.video.paused) void this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  /** Plays from a little before an instant. */
  playAround(at: number, before = 2500): void {
    this.seek(Math.max(0, at - before));
    void this.video.play().catch(() => undefined);
  }

  private run(): void {
    const look = () => {
      if (this.video.paused || this.video.ended) return;
      this.skip();
      this.ticked(this.at);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  private skip(): void {
    if (!this.isSkipping || this.video.paused || this.video.seeking) return;
    const on = skipFrom(this.cuts, this.video.currentTime * 1000, EARLY);
    if (on === null) return;
    if (this.video.duration && on >= this.video.duration * 1000 - 50) {
      this.video.pause();
      return this.seek(on);
    }
    this.jumpBegan = performance.now();
    this.video.currentTime = on / 1000 + 0.001;
  }
}

function picture(order: string): HTMLVideoElement {
  return el("video", { class: `cut-picture-large ${order}`, playsInline: true, preload: "auto", tabIndex: -1 });
}
