// What the two pictures really show. A browser may show a picture late though its clock is right: after it was hidden,
// or when it was starved for a while. The clocks cannot tell; the frames can.

/** A frame when it was first shown: the instant in milliseconds, its place in the lecture in seconds. */
export interface Frame {
  readonly at: number;
  readonly time: number;
}

const BESIDE = 60; // milliseconds: frames first shown further apart are not compared
const LATE = 0.045; // seconds: more than a frame at 25 frames a second
const ENOUGH = 10; // pairs in a row, so that one late frame is not taken for a habit
const PATIENCE = 5000; // milliseconds after a cure before the next; doubled each time: a starved machine is not cured

/** Seconds by which the second picture is ahead of the first (late: negative), as seen; nothing when not comparable. */
export function ahead(first: Frame, second: Frame, rate: number): number | null {
  const apart = second.at - first.at;
  return Math.abs(apart) > BESIDE ? null : second.time - first.time - (apart / 1000) * rate;
}

/** Counts pairs that are out of step, and says when it is enough. */
export class Lateness {
  private first: Frame | null = null;
  private pairs = 0;
  private patience = PATIENCE;
  private notBefore = 0;

  sawFirst(frame: Frame): void {
    this.first = frame;
  }

  /** True when the second picture should be set anew. `now` in milliseconds. */
  sawSecond(frame: Frame, rate: number, now: number): boolean {
    const seen = this.first && ahead(this.first, frame, rate);
    if (seen === null) return false;
    this.pairs = Math.abs(seen) > LATE * rate ? this.pairs + 1 : 0;
    if (this.pairs < ENOUGH || now < this.notBefore) return false;
    this.notBefore = now + this.patience;
    this.patience *= 2;
    return true;
  }

  forget(): void {
    this.first = null;
    this.pairs = 0;
  }
}

/** Tells each frame that is shown, from now on, for as long as `goesOn`. */
export function listen(video: HTMLVideoElement, goesOn: () => boolean, saw: (frame: Frame) => void): void {
  if (!("requestVideoFrameCallback" in video)) return;
  video.requestVideoFrameCallback(function shown(_now, { expectedDisplayTime, mediaTime }) {
    if (!goesOn()) return;
    saw({ at: expectedDisplayTime, time: mediaTime });
    video.requestVideoFrameCallback(shown);
  });
}
