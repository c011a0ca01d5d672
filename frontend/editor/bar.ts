// The editor's buttons: each does what a key does.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { LAYOUTS, layoutName } from "./looks";

export interface State {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canCut: boolean;
  readonly canSave: boolean;
  readonly canReset: boolean;
  readonly isSkipping: boolean;
  readonly length: string;
}

export interface Bar {
  readonly root: HTMLElement;
  clock(whole: string, edited: string): void;
  state(state: State): void;
}

export function bar(run: (command: string) => void, hasTwo: boolean): Bar {
  const made = new Map<string, HTMLButtonElement>();
  const button = (command: string, name: string, key: string, look = "btn-quiet") => {
    const one = el("button", { type: "button", class: `btn btn-small ${look}`, title: key ? `${name} (${key})` : name }, name);
    if (key) one.setAttribute("aria-keyshortcuts", key);
    one.addEventListener("click", () => run(command));
    made.set(command, one);
    return one;
  };
  const place = el("output", { class: "cut-clock" });
  const length = el("span", { class: "cut-facts" });
  const group = (name: string, ...buttons: HTMLElement[]) => {
    const box = el("div", { class: "cut-group", role: "group" }, ...buttons);
    box.setAttribute("aria-label", name);
    return box;
  };
  const root = el(
    "div",
    { class: "cut-bar" },
    group(
      gettext("Play"),
      button("back", gettext("−5 s"), "j"),
      button("frame-back", gettext("−1 frame"), ","),
      button("play", gettext("Play or pause"), "Space", ""),
      button("frame-on", gettext("+1 frame"), "."),
      button("on", gettext("+5 s"), "l"),
      place,
    ),
    group(
      gettext("Cut"),
      button("in", gettext("Cut from here"), "i"),
      button("out", gettext("Cut to here"), "o"),
      button("cut", gettext("Cut"), "x", ""),
      button("trim-start", gettext("Begin here"), "["),
      button("trim-end", gettext("End here"), "]"),
      ...(hasTwo ? [layouts(run)] : []),
    ),
    group(
      gettext("Keep"),
      button("undo", gettext("Undo"), "Control+Z"),
      button("redo", gettext("Redo"), "Control+Shift+Z"),
      button("skip", gettext("Skip cuts"), "p"),
      button("reset", gettext("Keep everything"), ""),
      button("save", gettext("Save"), "Control+S", "btn-primary"),
      button("help", gettext("Keys"), "?"),
      length,
    ),
  );
  return {
    root,
    clock: (whole, edited) => {
      place.textContent = whole === edited ? whole : gettext("{whole} (edited {edited})", { whole, edited });
    },
    state: (state) => {
      const enable = (command: string, isOn: boolean) => {
        const one = made.get(command);
        one?.setAttribute("aria-disabled", String(!isOn)); // a button that is disabled loses the focus
      };
      enable("undo", state.canUndo);
      enable("redo", state.canRedo);
      enable("cut", state.canCut);
      enable("save", state.canSave);
      enable("reset", state.canReset);
      made.get("skip")?.setAttribute("aria-pressed", String(state.isSkipping));
      length.textContent = state.length;
    },
  };
}

function layouts(run: (command: string) => void): HTMLElement {
  const select = el("select", { class: "input input-small cut-layout" });
  select.setAttribute("aria-label", gettext("Layout from here"));
  select.append(new Option(gettext("Layout from here…"), ""), ...LAYOUTS.map((one) => new Option(layoutName(one), one)));
  select.addEventListener("change", () => {
    if (select.value) run(`look:${select.value}`);
    select.value = "";
  });
  return select;
}
