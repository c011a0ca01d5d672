// The keyboard on one page, and the switch for people whose software types letters of its own.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { recall, remember } from "./preferences";

function rows(hasTwo: boolean): [string, string][] {
  const both: [string, string][] = [
    [gettext("Space, K"), gettext("Play or pause")],
    ["J, L", gettext("10 seconds back, on")],
    ["← →", gettext("5 seconds back, on")],
    [", .", gettext("One frame back, on (paused)")],
    ["0 – 9", gettext("To that tenth of the recording")],
    [gettext("Home, End"), gettext("Start, end")],
    ["Ctrl+← →", gettext("Chapter before, next chapter")],
    ["P N", gettext("Slide before, next slide")],
    ["< >", gettext("Slower, faster")],
    ["↑ ↓", gettext("Louder, quieter")],
    ["M", gettext("Sound off or on")],
    ["F", gettext("Full screen")],
    ["I", gettext("Picture in a small window")],
    ["C", gettext("Captions")],
    ["D", gettext("Audio description, where there is one")],
    ["B", gettext("Bookmark this place")],
  ];
  const two: [string, string][] = [
    ["S", gettext("Swap the two pictures")],
    [gettext("Shift+L"), gettext("Next layout")],
  ];
  return [...both, ...(hasTwo ? two : []), ["?", gettext("This help")]];
}

/** Whether letters work anywhere on the page, or only with the focus inside the player (WCAG 2.1.4). */
export function keysWorkEverywhere(): boolean {
  return recall("keys") !== "focused";
}

/** The dialog, inside `place` so that it shows in full screen too. */
export function helpDialog(place: HTMLElement, hasTwo: boolean): HTMLDialogElement {
  return keysDialog(place, rows(hasTwo), { box: "player-help", list: "player-keys", close: "player-again" });
}

/** Keys with what they do, and the switch. */
export function keysDialog(
  place: HTMLElement,
  keys: readonly [string, string][],
  look: { box: string; list: string; close: string },
): HTMLDialogElement {
  const list = el("dl", { class: look.list });
  for (const [key, meaning] of keys) list.append(el("div", {}, el("dt", {}, key), el("dd", {}, meaning)));
  const everywhere = el("input", { type: "checkbox", checked: keysWorkEverywhere() });
  everywhere.addEventListener("change", () => remember("keys", everywhere.checked ? "everywhere" : "focused"));
  const close = el("button", { type: "button", class: look.close }, gettext("Close"));
  const title = el("h2", { id: "player-help-title" }, gettext("Keyboard"));
  const dialog = el("dialog", { class: look.box, "aria-labelledby": "player-help-title" }, title, list);
  dialog.append(el("label", {}, everywhere, gettext("Keys work anywhere on this page")), close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  place.append(dialog);
  return dialog;
}
