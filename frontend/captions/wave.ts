// The sound around the cue as a picture, from the loudness that processing has measured. All that it does, buttons do too.
import type { Cue } from "./model";

export interface Loudness {
  readonly peaks_per_second: number;
  readonly peaks: readonly number[];
}

const AROUND_MS = 4000;
const LOUDEST = 127;

/** What part of the recording is drawn for a cue: it, and some seconds on either side. */
export function span(cue: { start: number; end: number }, wholeMs: number): readonly [number, number] {
  const from = Math.max(0, cue.start - AROUND_MS);
  const to = Math.max(from + 1000, Math.min(wholeMs || cue.end + AROUND_MS, cue.end + AROUND_MS));
  return [from, to];
}

export class Wave {
  private seen: readonly [number, number] = [0, 1000];

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly loudness: Loudness | null,
    seek: (ms: number) => void,
  ) {
    canvas.hidden = loudness === null;
    canvas.addEventListener("click", (event) => {
      const share = event.offsetX / Math.max(1, canvas.clientWidth);
      seek(this.seen[0] + share * (this.seen[1] - this.seen[0]));
    });
  }

  draw(cues: readonly Cue[], selected: number, nowMs: number, wholeMs: number): void {
    const cue = cues[selected];
    const ink = this.canvas.getContext("2d");
    if (!this.loudness || !cue || !ink) return;
    this.seen = span(cue, wholeMs);
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth * scale, this.canvas.clientHeight * scale];
    if (this.canvas.width !== width || this.canvas.height !== height) [this.canvas.width, this.canvas.height] = [width, height];
    ink.clearRect(0, 0, width, height);
    const [from, to] = this.seen;
    const x = (ms: number) => ((ms - from) / (to - from)) * width;
    const { color: sound, caretColor: now, textDecorationColor: mine, outlineColor: others } = getComputedStyle(this.canvas);
    for (const [index, one] of cues.entries()) {
      if (one.end < from || one.start > to) continue;
      ink.fillStyle = index === selected ? mine : others;
      ink.fillRect(x(one.start), 0, Math.max(1, x(one.end) - x(one.start) - scale), height);
    }
    this.bars(ink, this.loudness, x, height, scale, sound);
    ink.fillStyle = now;
    if (nowMs >= from && nowMs <= to) ink.fillRect(x(nowMs) - scale, 0, 2 * scale, height);
  }

  private bars(
    ink: CanvasRenderingContext2D, loudness: Loudness, x: (ms: number) => number, height: number, scale: number, colour: string,
  ): void {
    const each = 1000 / loudness.peaks_per_second;
    const [from, to] = this.seen;
    ink.fillStyle = colour;
    for (let place = Math.floor(from / each); place <= to / each; place += 1) {
      const tall = Math.max(scale, ((loudness.peaks[place] ?? 0) / LOUDEST) * height * 0.94);
      ink.fillRect(x(place * each), (height - tall) / 2, Math.max(1, x((place + 1) * each) - x(place * each) - scale), tall);
    }
  }
}
