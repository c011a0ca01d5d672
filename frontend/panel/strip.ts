// The strip of slides below the player: a picture of each with its time and title. It follows what is played, and goes there.
import { el } from "../island/elements";
import { Roving } from "../island/roving";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import type { Slide } from "./data";
import { indexAt } from "./find";
import type { Player } from "./player";

const TOUCHED_MS = 8000; // so long it stays where a finger has left it

export class Strip {
  private readonly list = el("ol", { class: "strip-slides" });
  private readonly roving = new Roving(this.list, () => this.buttons, { back: "ArrowLeft", on: "ArrowRight" });
  private buttons: HTMLButtonElement[] = [];
  private slides: readonly Slide[] = [];
  private current = -1;
  private touched = -TOUCHED_MS;

  constructor(
    private readonly place: HTMLElement,
    private readonly player: Player,
  ) {
    place.replaceChildren(this.list);
    this.list.addEventListener("touchmove", () => (this.touched = performance.now()), { passive: true });
    player.onMove((ms) => this.at(ms));
    new ResizeObserver(() => this.follow()).observe(this.list);
  }

  /** These are the slides now; without any there is no strip. */
  show(slides: readonly Slide[]): void {
    if (JSON.stringify(slides) === JSON.stringify(this.slides)) return;
    const held = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    this.slides = slides;
    this.buttons = slides.map((slide, place) => this.button(slide, place));
    this.list.replaceChildren(...this.buttons.map((button) => el("li", {}, button)));
    this.place.hidden = slides.length === 0;
    this.current = -1;
    this.roving.keepOne();
    this.at(this.player.now());
    if (held >= 0) this.buttons[Math.min(held, slides.length - 1)]?.focus({ preventScroll: true });
  }

  private button(slide: Slide, place: number): HTMLButtonElement {
    const image = el("img", { src: slide.image_url, alt: "", loading: "lazy", decoding: "async", fetchPriority: "low" });
    image.addEventListener("error", () => image.classList.add("is-missing"));
    const title = slide.title || gettext("Slide {number}", { number: place + 1 });
    const about = el("span", { class: "strip-about" }, el("span", { class: "side-time" }, clockTime(slide.start_ms / 1000)), " ", title);
    const made = el("button", { type: "button", class: "strip-slide", title, tabIndex: -1 }, image, about);
    made.addEventListener("click", () => {
      this.touched = -TOUCHED_MS;
      this.player.seek(slide.start_ms);
    });
    return made;
  }

  private at(ms: number): void {
    const now = indexAt(this.slides.map((slide) => slide.start_ms), ms);
    if (now === this.current) return;
    this.buttons[this.current]?.removeAttribute("aria-current");
    this.buttons[now]?.setAttribute("aria-current", "true");
    this.current = now;
    this.follow();
  }

  /** Moves the strip, never the page; not away from whoever looks through it. */
  private follow(): void {
    const button = this.buttons[this.current];
    if (!button || performance.now() - this.touched < TOUCHED_MS) return;
    if (this.list.matches(":hover") || this.list.querySelector(":focus-visible")) return;
    this.list.scrollLeft = button.offsetLeft - (this.list.clientWidth - button.offsetWidth) / 2;
  }
}
