// Which streams show when: from an instant on, until the next.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Look } from "./data";
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

/** The looks as a list, each of which can be removed. */
export function lookList(place: HTMLElement, looks: readonly Look[], remove: (at: number) => void): void {
  place.hidden = looks.length === 0;
  const rows = looks.map((look) => {
    const time = exactTime(look.start_ms);
    const button = el("button", { type: "button", class: "btn btn-quiet btn-small" }, gettext("Remove"));
    button.setAttribute("aria-label", gettext("Remove the layout from {time}", { time }));
    button.addEventListener("click", () => remove(look.start_ms));
    return el("li", {}, el("span", {}, `${time} · ${layoutName(look.layout)}`), button);
  });
  place.replaceChildren(el("h3", {}, gettext("Layouts")), el("ul", {}, ...rows));
}
