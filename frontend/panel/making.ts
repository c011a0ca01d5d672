// What is still being made of a recording while somebody looks at it, and when to ask for it again.
import type { Content } from "./data";

export const FIRST_MS = 10_000;
const LONGEST_MS = 120_000;
const MOVING: readonly string[] = ["WAITING", "RUNNING"];

export function isBeingMade(said: Content): boolean {
  return MOVING.includes(said.speech) || MOVING.includes(said.slides_state);
}

/** Whether there is something else to show than before. */
export function hasMoved(before: Content, after: Content): boolean {
  const told = (said: Content) => [
    MOVING.includes(said.speech), MOVING.includes(said.slides_state), said.captions.map((each) => each.url).join(" "),
    said.cues.length, said.slides.length, said.chapters.length,
  ].join();
  return told(before) !== told(after);
}

/** Ever more seldom: listening to a lecture takes as long as a lecture, and many may be waiting for it. */
export function longer(ms: number): number {
  return Math.min(LONGEST_MS, ms * 1.5);
}

/** Asks again while something is being made, and tells what came. */
export class Making {
  private isWaiting = false;

  constructor(
    private readonly said: () => Content,
    private readonly ask: () => Promise<Content | null>,
    private readonly came: (said: Content) => void,
  ) {}

  wait(ms = FIRST_MS): void {
    if (this.isWaiting || !isBeingMade(this.said())) return;
    this.isWaiting = true;
    setTimeout(() => void this.askAgain(ms), ms);
  }

  private async askAgain(ms: number): Promise<void> {
    const before = this.said();
    const said = await this.ask().catch(() => null); // no network: the next time
    this.isWaiting = false;
    if (said && before === this.said() && hasMoved(before, said)) this.came(said);
    this.wait(said ? longer(ms) : ms);
  }
}
