// How much of the time line is in view.
import { el } from "../island/elements";
import { gettext } from "../island/words";

const LEAST_MS = 20_000; // so much is in view at the closest

/** How many times the whole it may be drawn. */
export function closest(duration: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(duration / LEAST_MS)));
}

export class Zoom {
  readonly root: HTMLElement;
  times = 1;
  private readonly said = el("output", { class: "cut-facts" });
  private readonly buttons: Record<"out" | "in" | "whole", HTMLButtonElement>;
  private readonly most: number;

  constructor(
    duration: number,
    run: (command: string) => void,
    private readonly changed: () => void,
  ) {
    this.most = closest(duration);
    const button = (command: string, words: string, name: string, key: string) => {
      const made = el("button", { type: "button", class: "btn btn-quiet btn-small", title: `${name} (${key})`, "aria-label": name }, words);
      made.setAttribute("aria-keyshortcuts", key);
      made.addEventListener("click", () => run(command));
      return made;
    };
    this.buttons = {
      out: button("zoom-out", "−", gettext("Show more of the time line"), "-"),
      in: button("zoom-in", "+", gettext("Show less of the time line, larger"), "+"),
      whole: button("zoom-whole", gettext("Whole"), gettext("Show the whole time line"), "0"),
    };
    const { out, in: closer, whole } = this.buttons;
    this.root = el("div", { class: "cut-group cut-zoom", role: "group", "aria-label": gettext("Time line") }, out, closer, whole, this.said);
    this.tell();
  }

  by(factor: number): void {
    this.to(this.times * factor);
  }

  to(times: number): void {
    const next = Math.max(1, Math.min(this.most, times));
    if (next === this.times) return;
    this.times = next;
    this.tell();
    this.changed();
  }

  private tell(): void {
    this.said.textContent = this.times === 1 ? gettext("All of it is in view") : gettext("{times} times as large", { times: this.times });
    this.buttons.in.setAttribute("aria-disabled", String(this.times >= this.most));
    for (const one of [this.buttons.out, this.buttons.whole]) one.setAttribute("aria-disabled", String(this.times <= 1));
  }
}
