// The keyboard of the editor, on the page.
import { el } from "../island/elements";
import { gettext } from "../island/words";

/** Folded away until it is wanted. */
export function help(): HTMLDetailsElement {
  const rows: [string, string][] = [
    ["Alt+↓, Ctrl+Enter", gettext("Next caption")],
    ["Alt+↑", gettext("Previous caption")],
    ["Alt+P", gettext("Play this caption, or stop")],
    ["Alt+S", gettext("Split at the cursor")],
    ["Alt+M", gettext("Join with the next")],
    ["Alt+[, Alt+]", gettext("Begin now, end now")],
    ["Alt+D", gettext("Next words that are not sure")],
    ["Alt+N", gettext("Add a caption here")],
    ["Alt+Z", gettext("Undo")],
    ["Ctrl+S", gettext("Save")],
  ];
  const list = el("dl", { class: "captions-keys" });
  for (const [keys, meaning] of rows) list.append(el("div", {}, el("dt", {}, keys), el("dd", {}, meaning)));
  return el("details", { class: "panel captions-fold" }, el("summary", {}, gettext("Keyboard")), list);
}
