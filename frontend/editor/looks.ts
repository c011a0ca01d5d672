// Which streams show when: from an instant on, until the next.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Look } from "./data";
import { rowsInPlace } from "./inplace";
import { exactTime } from "./times";

export const LAYOUTS = ["side", "inset", "first", "second"] as const;

/** What each is called. */
export function layoutName(layout: string): string {
  const names: Record<string, string> = {
    side: gettext("Side by side"),
    inset: gettext("One inside the other"),
    first: gettext("First picture only"),
    second: gettext("Second picture only"),
  };
  return names[layout] ?? layout;
}

/** The list with another look at an instant: in order, none that changes nothing. */
export function nextLook(looks: readonly Look[], layout: string, at: number): Look[] {
  const others = looks.filter((look) => look.start_ms !== at);
  const all = [...others, { start_ms: at, layout: layout as Look["layout"] }].sort((a, b) => a.start_ms - b.start_ms);
  return all.filter((look, place) => look.layout !== all[place - 1]?.layout);
}

interface Row {
  readonly root: HTMLElement;
  readonly words: HTMLElement;
  readonly button: HTMLButtonElement;
}

/** The looks as a list, each of which can be removed. */
export class LookList {
  readonly root = el("div", { class: "cut-looks", hidden: true });
  private readonly list = el("ul", {});
  private readonly rows: Row[] = [];
  private looks: readonly Look[] = [];

  constructor(
    private readonly remove: (at: number) => void,
    private readonly home: () => HTMLElement | null,
  ) {
    this.root.append(el("h3", {}, gettext("Layouts")), this.list);
  }

  show(looks: readonly Look[]): void {
    this.looks = looks;
    rowsInPlace(this.list, this.rows, looks, {
      make: (index) => this.row(index),
      show: (row, look) => {
        const time = exactTime(look.start_ms);
        row.words.textContent = `${time} · ${layoutName(look.layout)}`;
        row.button.setAttribute("aria-label", gettext("Remove the layout from {time}", { time }));
      },
      home: this.home,
    });
    this.root.hidden = looks.length === 0;
  }

  private row(index: number): Row {
    const words = el("span", {});
    const button = el("button", { type: "button", class: "btn btn-quiet btn-small", "data-cell": "remove" }, gettext("Remove"));
    button.addEventListener("click", () => {
      const look = this.looks[index];
      if (look) this.remove(look.start_ms);
    });
    return { root: el("li", {}, words, button), words, button };
  }
}
