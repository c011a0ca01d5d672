// The keyboard of the editor on one page.
import { keysDialog } from "../player/help";
import { gettext } from "../island/words";

/** The dialog; it is shown when it is asked for. */
export function helpDialog(place: HTMLElement): HTMLDialogElement {
  const keys: [string, string][] = [
    [gettext("Space, K"), gettext("Play or pause")],
    ["J, L", gettext("5 seconds back, on")],
    [", .", gettext("One frame back, on")],
    ["I, O", gettext("Cut from here, to here")],
    ["X", gettext("Cut what is marked")],
    ["[ ]", gettext("Begin here, end here")],
    ["P", gettext("Skip cuts in the preview, or play them")],
    ["H", gettext("Chapter here")],
    ["Ctrl+Z", gettext("Undo")],
    [gettext("Ctrl+Shift+Z"), gettext("Do it again")],
    ["Ctrl+S", gettext("Save")],
    ["+ −", gettext("Time line larger, smaller")],
    ["0", gettext("The whole time line")],
    ["M", gettext("Sound off or on")],
    ["< >", gettext("Slower, faster")],
    ["← →", gettext("On the time line: one second; with Shift ten")],
    [gettext("Delete"), gettext("On an edge: keep what its cut leaves out")],
    [gettext("Delete, Enter"), gettext("In the transcript: cut the words or keep them, play from there")],
    ["?", gettext("This help")],
  ];
  return keysDialog(place, keys, { box: "cut-help", list: "cut-keys", close: "btn" });
}
