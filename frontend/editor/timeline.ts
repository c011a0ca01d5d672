// The time line: small pictures, loudness, what is cut with its edges, and where we are. Everything on it can be moved by
// keyboard; the table below says the same in words.
import { whenColoursChange } from "../island/colours";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Cut } from "./cuts";
import type { Waveform } from "./data";
import { type Tile, tileAt } from "./tiles";
import { exactTime } from "./times";

export interface Moves {
  seek(at: number): void;
  /** `isSameStep`: it goes on with the last one. */
  edge(index: number, edge: "start" | "end", to: number, isSameStep: boolean): void;
  remove(index: number): void;
}

const SMALL = 1000;
const LARGE = 10_000;
const FINE = 100;

export class Timeline {
  readonly root: HTMLElement;
  private readonly track = el("div", { class: "cut-track" });
  private readonly pictures = el("div", { class: "cut-pictures", "aria-hidden": "true" });
  private readonly wave = el("canvas", { class: "cut-wave", "aria-hidden": "true" });
  private readonly parts = el("div", { class: "cut-parts" });
  private readonly marks = el("div", { class: "cut-marks", "aria-hidden": "true" });
  /** Where we are; it takes the focus when nothing else has it. */
  readonly head: HTMLElement;
  private at = 0;
  private cuts: readonly Cut[] = [];
  private dragged = false;

  constructor(
    private readonly duration: number,
    private readonly frame: number,
    private readonly moves: Moves,
  ) {
    this.head = slider("cut-head", gettext("Place in the recording"), 0, duration);
    this.head.addEventListener("keydown", (event) => this.headKey(event));
    this.track.append(this.pictures, this.wave, this.parts, this.marks, this.head);
    this.track.addEventListener("pointerdown", (event) => this.scrub(event));
    this.root = el("div", { class: "cut-line" }, this.track);
  }

  draw(tiles: readonly Tile[], sheets: string, wave: Waveform | null): void {
    new ResizeObserver(() => {
      this.drawPictures(tiles, sheets);
      if (wave) this.drawWave(wave);
    }).observe(this.track);
    this.wave.hidden = !wave;
    if (wave) whenColoursChange(() => this.drawWave(wave));
  }

  place(at: number): void {
    this.at = at;
    this.head.style.left = this.share(at);
    say(this.head, at);
  }

  /** The part between two marks that is not cut yet. */
  mark(start: number | null, end: number | null): void {
    this.marks.hidden = start === null && end === null;
    const [from, to] = [start ?? end ?? 0, end ?? start ?? 0];
    this.marks.style.left = this.share(Math.min(from, to));
    this.marks.style.width = this.share(Math.abs(to - from));
  }

  show(cuts: readonly Cut[]): void {
    this.cuts = cuts;
    while (this.parts.children.length > cuts.length) this.parts.lastElementChild?.remove();
    cuts.forEach((cut, index) => {
      const part = (this.parts.children[index] as HTMLElement | undefined) ?? this.part(index);
      part.style.left = this.share(cut.start);
      part.style.width = this.share(cut.end - cut.start);
      for (const edge of ["start", "end"] as const) {
        const handle = part.querySelector<HTMLElement>(`.is-${edge}`);
        if (handle) say(handle, cut[edge]);
      }
    });
  }

  private part(index: number): HTMLElement {
    const number = index + 1;
    const handle = (edge: "start" | "end") => {
      const name = edge === "start" ? gettext("Cut {number} begins", { number }) : gettext("Cut {number} ends", { number });
      const made = slider(`cut-edge is-${edge}`, name, 0, this.duration);
      made.addEventListener("keydown", (event) => this.edgeKey(event, index, edge));
      made.addEventListener("pointerdown", (event) => this.drag(event, made, index, edge));
      return made;
    };
    const part = el("div", { class: "cut-part" }, handle("start"), handle("end"));
    this.parts.append(part);
    return part;
  }

  private step(event: KeyboardEvent, fine: number, small: number): number | null {
    const size = event.shiftKey ? small * 10 : small;
    const steps: Record<string, number> = {
      ArrowLeft: -size,
      ArrowDown: -size,
      ArrowRight: size,
      ArrowUp: size,
      PageDown: -LARGE * 6,
      PageUp: LARGE * 6,
      ",": -fine,
      ".": fine,
    };
    return steps[event.key] ?? null;
  }

  private headKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = this.step(event, this.frame, SMALL);
    const to = event.key === "Home" ? 0 : event.key === "End" ? this.duration : step === null ? null : this.at + step;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.moves.seek(Math.max(0, Math.min(this.duration, to)));
  }

  private edgeKey(event: KeyboardEvent, index: number, edge: "start" | "end"): void {
    const cut = this.cuts[index];
    if (!cut || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.stopPropagation();
      return this.moves.remove(index);
    }
    const step = this.step(event, this.frame, FINE);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.moves.edge(index, edge, cut[edge] + step, event.repeat);
  }

  private scrub(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as HTMLElement).closest(".cut-edge")) return;
    event.preventDefault();
    this.head.focus({ preventScroll: true }); // else the page takes it
    this.follow(event, this.track, (at) => this.moves.seek(at));
    this.moves.seek(this.timeAt(event.clientX));
  }

  private drag(event: PointerEvent, handle: HTMLElement, index: number, edge: "start" | "end"): void {
    event.preventDefault();
    handle.focus();
    let isSame = false;
    this.follow(event, handle, (at) => {
      this.moves.edge(index, edge, at, isSame);
      isSame = true;
    });
  }

  private follow(event: PointerEvent, target: HTMLElement, moved: (at: number) => void): void {
    if (this.dragged) return;
    this.dragged = true;
    target.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent) => moved(this.timeAt(next.clientX));
    const end = () => {
      this.dragged = false;
      target.removeEventListener("pointermove", move);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end, { once: true });
    target.addEventListener("pointercancel", end, { once: true });
  }

  private timeAt(x: number): number {
    const box = this.track.getBoundingClientRect();
    return Math.round(Math.max(0, Math.min(1, (x - box.left) / Math.max(1, box.width))) * this.duration);
  }

  private share(ms: number): string {
    return `${(Math.max(0, ms) / Math.max(1, this.duration)) * 100}%`;
  }

  private drawPictures(tiles: readonly Tile[], sheets: string): void {
    const first = tiles[0];
    const [width, height] = [this.pictures.clientWidth, this.pictures.clientHeight];
    if (!first || !width || !height) return;
    const scale = height / first.height;
    const count = Math.max(1, Math.ceil(width / (first.width * scale)));
    this.pictures.replaceChildren(
      ...Array.from({ length: count }, (_, place) => {
        const tile = tileAt(tiles, (place / count) * this.duration) ?? first;
        const box = el("span", { class: "cut-picture" });
        box.style.width = `${first.width}px`;
        box.style.height = `${first.height}px`;
        box.style.transform = `scale(${scale})`;
        box.style.left = `${place * first.width * scale}px`;
        box.style.background = `url("${sheets}${tile.sheet}") -${tile.x}px -${tile.y}px`;
        return box;
      }),
    );
  }

  private drawWave(wave: Waveform): void {
    const [width, height] = [this.wave.clientWidth, this.wave.clientHeight];
    const ink = this.wave.getContext("2d");
    if (!ink || !width || !height) return;
    this.wave.width = width * devicePixelRatio;
    this.wave.height = height * devicePixelRatio;
    ink.scale(devicePixelRatio, devicePixelRatio);
    ink.fillStyle = getComputedStyle(this.wave).color;
    const loudest = wave.peaks.reduce((most, peak) => Math.max(most, peak), 1);
    for (let x = 0; x < width; x++) {
      const from = Math.floor((((x / width) * this.duration) / 1000) * wave.peaks_per_second);
      const to = Math.max(from + 1, Math.floor(((((x + 1) / width) * this.duration) / 1000) * wave.peaks_per_second));
      const peak = Math.max(0, ...wave.peaks.slice(from, to)) / loudest;
      const tall = Math.max(1, peak * height);
      ink.fillRect(x, (height - tall) / 2, 1, tall);
    }
  }
}

function slider(look: string, name: string, least: number, most: number): HTMLElement {
  const made = el("div", { class: look, role: "slider", tabIndex: 0, "aria-label": name });
  made.setAttribute("aria-valuemin", String(least));
  made.setAttribute("aria-valuemax", String(most));
  return made;
}

function say(handle: HTMLElement, at: number): void {
  handle.setAttribute("aria-valuenow", String(Math.round(at)));
  handle.setAttribute("aria-valuetext", exactTime(at));
}
