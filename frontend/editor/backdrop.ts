// What lies behind the time line: small pictures and loudness, drawn for the part of it that is in view.
import { el } from "../island/elements";
import type { Waveform } from "./data";
import { type Tile, tileAt } from "../island/tiles";

/** From which instant to which, in milliseconds. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

export class Backdrop {
  readonly root: HTMLElement;
  private readonly pictures = el("div", { class: "cut-pictures", "aria-hidden": "true" });
  private readonly wave = el("canvas", { class: "cut-wave", "aria-hidden": "true" });
  private tiles: readonly Tile[] = [];
  private sheets = "";
  private peaks: Waveform | null = null;
  private loudest = 1;

  constructor() {
    this.root = el("div", { class: "cut-view" }, this.pictures, this.wave);
    this.wave.hidden = true;
  }

  fill(tiles: readonly Tile[], sheets: string, peaks: Waveform | null): void {
    [this.tiles, this.sheets, this.peaks] = [tiles, sheets, peaks];
    this.loudest = (peaks?.peaks ?? []).reduce((most, peak) => Math.max(most, peak), 1);
    this.wave.hidden = !peaks;
  }

  draw(part: Part): void {
    this.drawPictures(part);
    if (this.peaks) this.drawWave(this.peaks, part);
  }

  private drawPictures({ from, to }: Part): void {
    const first = this.tiles[0];
    const [width, height] = [this.pictures.clientWidth, this.pictures.clientHeight];
    if (!first || !width || !height) return;
    const scale = height / first.height;
    const step = first.width * scale;
    this.pictures.replaceChildren(
      ...Array.from({ length: Math.max(1, Math.ceil(width / step)) }, (_, place) => {
        const tile = tileAt(this.tiles, from + ((place * step) / width) * (to - from)) ?? first;
        const box = el("span", { class: "cut-picture" });
        box.style.width = `${first.width}px`;
        box.style.height = `${first.height}px`;
        box.style.transform = `scale(${scale})`;
        box.style.left = `${place * step}px`;
        box.style.background = `url("${this.sheets}${tile.sheet}") -${tile.x}px -${tile.y}px`;
        return box;
      }),
    );
  }

  private drawWave(wave: Waveform, { from, to }: Part): void {
    const [width, height] = [this.wave.clientWidth, this.wave.clientHeight];
    const ink = this.wave.getContext("2d");
    if (!ink || !width || !height) return;
    this.wave.width = width * devicePixelRatio;
    this.wave.height = height * devicePixelRatio;
    ink.scale(devicePixelRatio, devicePixelRatio);
    ink.fillStyle = getComputedStyle(this.wave).color;
    const peakAt = (x: number) => Math.floor(((from + (x / width) * (to - from)) / 1000) * wave.peaks_per_second);
    for (let x = 0; x < width; x++) {
      const first = peakAt(x);
      const peak = Math.max(0, ...wave.peaks.slice(first, Math.max(first + 1, peakAt(x + 1)))) / this.loudest;
      const tall = Math.max(1, peak * height);
      ink.fillRect(x, (height - tall) / 2, 1, tall);
    }
  }
}
