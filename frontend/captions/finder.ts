// The panel of find and replace.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Wanted } from "./reword";

export interface Finds {
  next(wanted: Wanted): void;
  all(wanted: Wanted, instead: string): void;
}

/** A form that works with Enter; folded away until it is wanted. */
export function finder(finds: Finds): HTMLDetailsElement {
  const find = el("input", { class: "input input-small", type: "text", id: "captions-find" });
  const instead = el("input", { class: "input input-small", type: "text", id: "captions-instead" });
  const keepsCase = el("input", { type: "checkbox" });
  const wholeWords = el("input", { type: "checkbox" });
  const wanted = () => ({ text: find.value, keepsCase: keepsCase.checked, wholeWords: wholeWords.checked });
  const all = () => finds.all(wanted(), instead.value);
  const form = el(
    "form",
    { class: "captions-finder" },
    el("div", { class: "field" }, el("label", { htmlFor: find.id }, gettext("Find")), find),
    el("div", { class: "field" }, el("label", { htmlFor: instead.id }, gettext("Replace with")), instead),
    el("label", { class: "check" }, keepsCase, el("span", {}, gettext("Same capital letters"))),
    el("label", { class: "check" }, wholeWords, el("span", {}, gettext("Whole words"))),
    el(
      "div",
      { class: "actions" },
      el("button", { class: "btn btn-small", type: "submit" }, gettext("Find next")),
      el("button", { class: "btn btn-small", type: "button", on: { click: all } }, gettext("Replace all")),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finds.next(wanted());
  });
  return el("details", { class: "panel captions-fold" }, el("summary", {}, gettext("Find and replace")), form);
}
