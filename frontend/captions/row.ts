// A cue as a line of the list: its time, its text with doubtful words marked, a button to choose it.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { written } from "./clock";
import type { Cue } from "./model";

/** Told by shape, mark and word, not by colour alone. */
function marked(cue: Cue): Node[] {
  const parts: Node[] = [];
  let from = 0;
  for (const [start, end] of cue.doubtful) {
    parts.push(document.createTextNode(cue.text.slice(from, start)));
    const said = el("span", { class: "sr-only", lang: document.documentElement.lang }, ` (${gettext("not sure")})`);
    parts.push(el("mark", { class: "doubtful" }, cue.text.slice(start, end), said));
    from = end;
  }
  return [...parts, document.createTextNode(cue.text.slice(from))];
}

/** The line; `choose` is called when it is chosen. What is said is read aloud, and runs, as in its language. */
export function row(cue: Cue, language: string, choose: () => void): HTMLLIElement {
  const text = el("span", { class: "cue-text", dir: "auto" }, ...(cue.text ? marked(cue) : [gettext("(empty)")]));
  if (cue.text) text.lang = language;
  const time = el("span", { class: "cue-time" }, written(cue.start));
  const button = el("button", { type: "button", class: "cue-choose", on: { click: choose } }, time, text);
  return el("li", { class: "cue" }, button);
}
