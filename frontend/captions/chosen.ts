// The cue that is worked on: its text, its times, what can be done with it.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { read, written } from "./clock";
import { type Cue, doubts } from "./model";

export interface Work {
  typed(text: string): void;
  timed(edge: "start" | "end", to: number): void;
  now(edge: "start" | "end"): void;
  split(): void;
  merge(): void;
  remove(): void;
  check(): void;
}

/** The form stays; `show` fills it, so that the focus is never lost. */
export class Chosen {
  readonly text = el("textarea", { class: "input", id: "captions-text", rows: 3, maxLength: 1000, dir: "auto" });
  readonly place: HTMLElement;
  private readonly start = timeField("captions-start");
  private readonly end = timeField("captions-end");
  private readonly doubt = el("p", { class: "captions-doubt" });
  private shown = 0;
  private readonly title = el("h2", { class: "captions-which" });

  constructor(private readonly work: Work) {
    this.text.addEventListener("input", () => work.typed(this.text.value));
    for (const [edge, field] of [["start", this.start], ["end", this.end]] as const)
      field.addEventListener("change", () => this.timed(edge, field));
    const begins = this.edge(gettext("Begins"), "start", this.start);
    const ends = this.edge(gettext("Ends"), "end", this.end);
    const deeds = el(
      "div",
      { class: "actions" },
      small(gettext("Split at the cursor"), () => work.split()),
      small(gettext("Join with the next"), () => work.merge()),
      small(gettext("Delete"), () => work.remove()),
    );
    const label = el("label", { htmlFor: this.text.id, class: "sr-only" }, gettext("Text"));
    this.place = el("div", { class: "captions-chosen" }, this.title, label, this.text, this.doubt, el("div", { class: "captions-times" }, begins, ends), deeds);
  }

  show(cue: Cue | undefined, number: number, count: number): void {
    this.place.hidden = !cue;
    if (!cue) return;
    this.title.textContent = gettext("Caption {number} of {count}", { number, count });
    if (this.text.value !== cue.text || this.shown !== number) {
      this.text.value = cue.text;
      this.text.setSelectionRange(0, 0); // what comes next is looked for from there
    }
    this.shown = number;
    this.start.value = written(cue.start);
    this.end.value = written(cue.end);
    for (const field of [this.start, this.end]) field.removeAttribute("aria-invalid");
    const found = doubts(cue);
    this.doubt.hidden = found.length === 0;
    const right = small(gettext("They are right"), () => this.work.check());
    if (found.length) this.doubt.replaceChildren(gettext("Not sure: {words}", { words: found.join(", ") }), " ", right);
  }

  private edge(label: string, edge: "start" | "end", field: HTMLInputElement): HTMLElement {
    const hint = edge === "start" ? gettext("Begin now") : gettext("End now");
    const now = small(hint, () => this.work.now(edge));
    return el("div", { class: "field" }, el("label", { htmlFor: field.id }, label), el("span", { class: "captions-time" }, field, now));
  }

  private timed(edge: "start" | "end", field: HTMLInputElement): void {
    const ms = read(field.value);
    if (ms === null) field.setAttribute("aria-invalid", "true");
    else this.work.timed(edge, ms);
  }
}

function timeField(id: string): HTMLInputElement {
  return el("input", { class: "input input-small", type: "text", id, autocomplete: "off", inputMode: "decimal" });
}

/** A small button. */
export function small(label: string, run: () => void, title = ""): HTMLButtonElement {
  return el("button", { type: "button", class: "btn btn-small", title, on: { click: run } }, label);
}
