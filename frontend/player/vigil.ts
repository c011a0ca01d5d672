// Asks, while nothing is fetched, whether what is loaded may still be played: a minute of it may be.

const EVERY_MS = 1000;
const QUIET_MS = 5000; // a segment is fetched every four seconds while more is to come, and that asks as well
const STILL_MS = 30_000; // a picture that stands still

/** What is watched over: when it was asked for last, and under which address. */
export interface Loaded {
  readonly video: HTMLVideoElement;
  readonly askedAt: number;
  /** Empty before the first segment, and where the browser fetches by itself. */
  readonly address: string;
}

/** Whether it is time to ask; nobody looks at a page that is hidden and stands still. */
export function isDue(quietMs: number, isPaused: boolean, isHidden: boolean): boolean {
  if (!isPaused) return quietMs >= QUIET_MS;
  return !isHidden && quietMs >= STILL_MS;
}

export class Vigil {
  private askedAt = 0;

  /** `refused` hears a status and a code, as an engine's does. */
  constructor(
    private readonly loaded: Loaded,
    private readonly isOver: () => boolean,
    private readonly refused: (status: number, code: string) => void,
  ) {
    window.setInterval(() => this.look(), EVERY_MS);
    loaded.video.addEventListener("play", () => this.look());
    document.addEventListener("visibilitychange", () => this.look());
  }

  private look(): void {
    const quiet = performance.now() - Math.max(this.askedAt, this.loaded.askedAt);
    if (this.isOver() || !this.loaded.address) return;
    if (isDue(quiet, this.loaded.video.paused, document.hidden)) void this.ask();
  }

  /** Nobody answers: what is loaded goes on playing, and the engine says so when it wants more. */
  private async ask(): Promise<void> {
    this.askedAt = performance.now();
    const { address } = this.loaded;
    const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer || answer.ok || answer.status >= 500 || address !== this.loaded.address || this.isOver()) return;
    this.refused(answer.status, answer.headers.get("Cathedra-Code") ?? "");
  }
}
