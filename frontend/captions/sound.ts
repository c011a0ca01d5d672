// Plays what is captioned: a small picture, and one cue of it at a time.
import { Engine } from "../player/engine";
import { el } from "../island/elements";
import { gettext } from "../island/words";

const HEIGHT = 360;

export class Sound {
  readonly video = el("video", { class: "captions-video", controls: true, playsInline: true, preload: "auto" });
  private until = Infinity;

  constructor(playlist: string | null, recording: string, moved: () => void) {
    this.video.setAttribute("aria-label", gettext("The recording"));
    this.video.hidden = playlist === null;
    if (playlist === null) return;
    this.video.poster = `/stream/${recording}/poster.jpg`;
    const nothing = () => undefined;
    const ears = { refused: nothing, lost: nothing, back: nothing, broken: nothing, levels: nothing };
    new Engine(this.video, playlist, ears, 0, HEIGHT);
    const look = () => {
      if (this.nowMs >= this.until) {
        this.until = Infinity;
        this.video.pause();
      }
      moved();
      if (!this.video.paused) requestAnimationFrame(look);
    };
    this.video.addEventListener("play", () => requestAnimationFrame(look));
    this.video.addEventListener("seeked", moved);
  }

  get nowMs(): number {
    return Math.round(this.video.currentTime * 1000);
  }

  get wholeMs(): number {
    return Number.isFinite(this.video.duration) ? Math.round(this.video.duration * 1000) : 0;
  }

  seek(ms: number): void {
    this.until = Infinity;
    this.video.currentTime = ms / 1000;
  }

  /** From one instant to another, or stops what plays. */
  play(from: number, to: number): void {
    if (!this.video.paused) return this.video.pause();
    this.video.currentTime = from / 1000;
    this.until = to;
    void this.video.play().catch(() => undefined);
  }
}
