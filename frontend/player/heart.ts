// Tells the product what is watched and where somebody is: every twenty seconds, at every stop, and as the page goes.
import { isDue, kept, NOTHING_TOLD, type Told } from "./position";
import { type Stretch, Stretches } from "./stretches";

const EVERY_MS = 20_000;
const ADDRESS = "/heartbeat";
const MOST_KEPT = 60; // tellings that did not arrive: the first are forgotten
const MOST_STRETCHES = 60;

interface Telling {
  readonly session: string;
  readonly number: number;
  readonly recording: string;
  readonly version: number;
  readonly position_ms: number;
  readonly stretches: Stretch[];
  readonly is_last: boolean;
}

/** Listens to the first picture. `isStopped`: nothing is to be told any more. */
export class Heart {
  private readonly stretches = new Stretches();
  private readonly session = crypto.randomUUID?.() ?? fallbackId();
  private number = 0;
  private told: Told = NOTHING_TOLD;
  private unsent: Telling[] = [];
  private hasBegun = false;
  private lastMs = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly recording: string,
    private version: number,
    private readonly isStopped: () => boolean,
  ) {
    video.addEventListener("timeupdate", () => this.moved());
    video.addEventListener("playing", () => this.moved());
    video.addEventListener("pause", () => this.stopped("PAUSE"));
    video.addEventListener("ended", () => this.stopped("END"));
    video.addEventListener("seeking", () => this.stretches.end(this.lastMs, "SEEK", performance.now()));
    video.addEventListener("ratechange", () => this.changedSpeed());
    window.setInterval(() => this.beat(false), EVERY_MS);
    document.addEventListener("visibilitychange", () => document.hidden && this.beat(true));
    window.addEventListener("pagehide", () => this.leave());
  }

  /** Another version is played from now on; what was watched is told of the one that it was watched in. */
  turn(version: number): void {
    this.stretches.end(this.video.seeking ? this.lastMs : this.atMs, "SEEK", performance.now());
    this.beat(true);
    this.version = version;
    this.told = NOTHING_TOLD;
  }

  private get atMs(): number {
    return this.video.currentTime * 1000;
  }

  private moved(): void {
    const { video } = this;
    if (video.paused || video.seeking || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    this.hasBegun = true;
    this.lastMs = this.atMs;
    this.stretches.begin(this.atMs, video.playbackRate, performance.now());
  }

  private stopped(why: "PAUSE" | "END"): void {
    if (this.video.seeking) return; // the place is that of the jump already
    this.stretches.end(this.atMs, this.video.ended ? "END" : why, performance.now());
    this.beat(true);
  }

  private changedSpeed(): void {
    if (!this.stretches.isOpen || this.video.seeking) return;
    this.stretches.end(this.atMs, "SPEED", performance.now());
    this.stretches.begin(this.atMs, this.video.playbackRate, performance.now());
  }

  private leave(): void {
    this.stretches.end(this.video.seeking ? this.lastMs : this.atMs, "CLOSE", performance.now());
    this.gather(true);
    for (const telling of this.unsent.splice(0))
      navigator.sendBeacon(ADDRESS, new Blob([JSON.stringify(telling)], { type: "application/json" }));
  }

  private beat(isLast: boolean): void {
    this.gather(isLast);
    for (const telling of this.unsent.splice(0)) void this.send(telling);
  }

  /** Puts what is new behind what is not sent yet. */
  private gather(isLast: boolean): void {
    if (this.isStopped() || !this.hasBegun) return;
    const found = this.stretches.take(this.video.seeking ? this.lastMs : this.atMs, performance.now());
    const isMoved = isDue(this.told, Date.now(), this.atMs, isLast);
    if (found.length === 0 && !isMoved) return;
    this.told = { atMs: Date.now(), positionMs: this.atMs };
    if (found.length > 0 || this.number === 0) this.number += 1;
    this.unsent.push({
      session: this.session,
      number: this.number,
      recording: this.recording,
      version: this.version,
      position_ms: kept(this.atMs, this.video.duration * 1000 || 0),
      stretches: found.slice(-MOST_STRETCHES),
      is_last: isLast,
    });
    this.unsent = this.unsent.slice(-MOST_KEPT);
  }

  /** What does not arrive is sent again with the next; its number makes it one. */
  private async send(telling: Telling): Promise<void> {
    try {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify(telling);
      const answer = await fetch(ADDRESS, { method: "POST", headers, body, keepalive: true });
      if (answer.status !== 429 && answer.status < 500) return;
    } catch {
      // nobody answered
    }
    this.unsent = [telling, ...this.unsent].slice(-MOST_KEPT);
  }
}

/** Pages without TLS have no randomUUID. */
function fallbackId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
