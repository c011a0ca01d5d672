// Applies the steering to the second <video>, ten times a second and at every turn of the first.
import { Lateness, listen } from "./frames";
import { again, FRESH, isRunning, learnSeek, type Memory, rest, steer, type Stream } from "./sync";

const TICK_MS = 100;
const TURNS = ["play", "pause", "playing", "waiting", "seeking", "seeked", "ratechange", "ended"] as const;

export class Follower {
  private memory: Memory = FRESH;
  private seekBegan = 0;
  private timer = 0;
  private readonly lateness = new Lateness();
  private readonly step = () => this.apply();

  constructor(
    private readonly first: HTMLVideoElement,
    private readonly second: HTMLVideoElement,
    private readonly drifted: (seconds: number) => void,
  ) {
    second.addEventListener("playing", () => this.arrived());
    second.addEventListener("seeked", () => first.paused && this.arrived());
  }

  start(): void {
    if (this.timer) return;
    this.timer = window.setInterval(this.step, TICK_MS);
    for (const turn of TURNS) this.first.addEventListener(turn, this.step);
    this.lateness.forget();
    this.watchFrames();
    this.apply();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    for (const turn of TURNS) this.first.removeEventListener(turn, this.step);
    this.second.pause();
  }

  private apply(): void {
    const now = performance.now();
    const { drift, rate, seekTo, play } = steer(facts(this.first), facts(this.second), this.memory, now);
    if (rate !== undefined && this.second.playbackRate !== rate) this.second.playbackRate = rate;
    if (seekTo !== undefined && this.second.readyState > 0) this.jump(seekTo, now);
    if (play === true) this.second.play().catch(() => undefined);
    if (play === false) this.second.pause();
    this.drifted(drift);
  }

  private jump(to: number, now: number): void {
    this.second.currentTime = to;
    this.seekBegan = now;
    this.memory = rest(this.memory, now);
    this.lateness.forget();
  }

  /** Frames that go on being shown out of step, though the clocks are in step, are cured by one jump. */
  private watchFrames(): void {
    const watch = this.timer;
    const goesOn = () => this.timer === watch;
    listen(this.first, goesOn, (frame) => this.lateness.sawFirst(frame));
    listen(this.second, goesOn, (frame) => {
      const now = performance.now();
      const isSteady = isRunning(facts(this.first)) && isRunning(facts(this.second)) && now >= this.memory.restUntil;
      if (!isSteady || !this.lateness.sawSecond(frame, this.first.playbackRate, now)) return;
      this.jump(again(facts(this.first), this.memory), now);
    });
  }

  private arrived(): void {
    if (this.seekBegan) this.memory = learnSeek(this.memory, performance.now() - this.seekBegan);
    this.seekBegan = 0;
  }
}

function facts(video: HTMLVideoElement): Stream {
  return {
    time: video.currentTime,
    rate: video.playbackRate,
    paused: video.paused,
    seeking: video.seeking,
    ended: video.ended,
    readyState: video.readyState,
    duration: video.duration,
  };
}
