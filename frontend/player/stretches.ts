// Gathers what is watched into stretches: from where to where, how fast, why it began and why it ended (R213).

export type Start = "START" | "SEEK" | "RESUME" | "SPEED" | "GO_ON";
export type Stop = "END" | "SEEK" | "PAUSE" | "SPEED" | "CLOSE" | "GOES_ON";
/** Start and end in milliseconds of what is played, speed, and why. */
export type Stretch = readonly [number, number, number, Start, Stop];

const SHORTEST_MS = 100;
const LONGEST_MS = 600_000;

interface Open {
  readonly fromMs: number;
  readonly sinceMs: number;
  readonly speed: number;
  readonly why: Start;
}

/** Knows no player: it is told what happens, at which place, and at which time of the clock. */
export class Stretches {
  private open: Open | null = null;
  private next: Start = "START";
  private done: Stretch[] = [];

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** It runs from here. Nothing changes while a stretch is open. */
  begin(atMs: number, speed: number, nowMs: number): void {
    if (this.open) return;
    this.open = { fromMs: atMs, sinceMs: nowMs, speed, why: this.next };
    this.next = "RESUME";
  }

  /** It stops here, and goes on for the reason that follows from why it stopped. */
  end(atMs: number, why: Stop, nowMs: number): void {
    const { open } = this;
    const follows: Partial<Record<Stop, Start>> = { SEEK: "SEEK", SPEED: "SPEED", GOES_ON: "GO_ON", END: "START" };
    if (open || why === "SEEK") this.next = !open && this.next === "START" ? "START" : (follows[why] ?? "RESUME");
    if (!open) return;
    this.open = null;
    const [from, to] = [Math.round(open.fromMs), Math.round(atMs)];
    const ran = (nowMs - open.sinceMs) * open.speed; // a place that was not played to was jumped to
    if (to - from < SHORTEST_MS || to - from > Math.min(LONGEST_MS, ran * 1.5 + 1000)) return;
    this.done.push([Math.max(0, from), to, open.speed, open.why, why]);
  }

  /** All that is there to tell, up to here; what runs goes on. */
  take(atMs: number, nowMs: number): Stretch[] {
    if (this.open) {
      const { speed } = this.open;
      this.end(atMs, "GOES_ON", nowMs);
      this.begin(atMs, speed, nowMs);
    }
    const told = this.done;
    this.done = [];
    return told;
  }
}
