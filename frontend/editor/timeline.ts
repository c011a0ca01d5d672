// The time line: small pictures, loudness, what is cut with its edges, chapters, layouts, and where we are. Everything on it
// can be moved by keyboard; the lists beside it say the same in words.
import { Backdrop } from "./backdrop";
import { whenColoursChange } from "../island/colours";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Cut } from "./cuts";
import type { Waveform } from "./data";
import type { Tile } from "../island/tiles";
import { exactTime } from "./times";
import { Zoom } from "./zoom";

export interface Moves {
  seek(at: number): void;
  /** `isSameStep`: it goes on with the last one. */
  edge(index: number, edge: "start" | "end", to: number, isSameStep: boolean): void;
  remove(index: number): void;
  run(command: string): void;
}

/** Something that holds from an instant on, until the next. */
export interface Mark {
  readonly at: number;
  readonly word: string;
}

const SMALL = 1000;
const LARGE = 10_000;
const FINE = 100;

export class Timeline {
  readonly root: HTMLElement;
  readonly zoom: Zoom;
  private readonly track = el("div", { class: "cut-track" });
  private readonly scroll = el("div", { class: "cut-scroll" }, this.track);
  private readonly backdrop = new Backdrop();
  private readonly parts = el("div", { class: "cut-parts" });
  private readonly marks = el("div", { class: "cut-marks", "aria-hidden": "true" });
  private readonly lanes: Record<"chapters" | "looks", HTMLElement> = {
    chapters: el("div", { class: "cut-lane is-chapters", "aria-hidden": "true", hidden: true }),
    looks: el("div", { class: "cut-lane is-looks", "aria-hidden": "true", hidden: true }),
  };
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
    this.zoom = new Zoom(duration, moves.run, () => this.zoomed());
    const over = el("div", { class: "cut-over" }, this.parts, this.marks);
    this.track.append(this.backdrop.root, over, this.lanes.chapters, this.lanes.looks, this.head);
    this.track.addEventListener("pointerdown", (event) => this.scrub(event));
    this.scroll.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.scroll);
    whenColoursChange(() => this.draw());
    this.root = el("div", { class: "cut-line" }, this.scroll, this.zoom.root);
  }

  fill(tiles: readonly Tile[], sheets: string, wave: Waveform | null): void {
    this.backdrop.fill(tiles, sheets, wave);
    this.draw();
  }

  place(at: number): void {
    const wasInView = this.zoom.times === 1 || this.isInView(this.at);
    const isJump = Math.abs(at - this.at) > SMALL;
    this.at = at;
    this.head.style.left = this.share(at);
    say(this.head, at);
    if (this.zoom.times === 1 || this.dragged) return;
    if ((wasInView || isJump) && !this.isInView(at)) this.reveal(0.25);
  }

  /** A row of what holds from when; none where there is nothing. */
  lane(name: "chapters" | "looks", marks: readonly Mark[]): void {
    const lane = this.lanes[name];
    lane.hidden = marks.length === 0;
    lane.replaceChildren(
      ...marks.map(({ at, word }, place) => {
        const part = el("div", { class: "cut-lane-part" }, el("span", {}, word));
        part.style.left = this.share(at);
        part.style.width = this.share((marks[place + 1]?.at ?? this.duration) - at);
        return part;
      }),
    );
  }

  private get part() {
    const share = this.scroll.clientWidth / Math.max(1, this.track.clientWidth);
    const from = (this.scroll.scrollLeft / Math.max(1, this.track.clientWidth)) * this.duration;
    return { from, to: from + share * this.duration };
  }

  private isInView(at: number): boolean {
    const { from, to } = this.part;
    return from <= at && at <= to;
  }

  /** Brings where we are into view, so far from its left end. */
  private reveal(share: number): void {
    this.scroll.scrollLeft = (this.at / Math.max(1, this.duration)) * this.track.clientWidth - share * this.scroll.clientWidth;
  }

  private zoomed(): void {
    this.track.style.width = `${this.zoom.times * 100}%`;
    this.reveal(0.5);
    this.draw();
  }

  private draw(): void {
    this.backdrop.root.style.width = `${this.scroll.clientWidth}px`;
    this.backdrop.draw(this.part);
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
      const part = (this.parts.children[index] as HTMLElement | undefined) ?? this.cutPart(index);
      part.style.left = this.share(cut.start);
      part.style.width = this.share(cut.end - cut.start);
      for (const edge of ["start", "end"] as const) {
        const handle = part.querySelector<HTMLElement>(`.is-${edge}`);
        if (handle) say(handle, cut[edge]);
      }
    });
  }

  private cutPart(index: number): HTMLElement {
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
