// What is cut as a table whose times can be written, and the versions as a list that can be gone back to.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { type Cut, lengthOf } from "./cuts";
import { type Editing, listOf, type Version } from "./data";
import { exactTime, parseTime } from "./times";

export interface TableMoves {
  edge(index: number, edge: "start" | "end", to: number): void;
  remove(index: number): void;
  show(index: number): void;
  trouble(sentence: string): void;
}

/** Rows are made anew at every change; what had the focus has it again. */
export function cutTable(place: HTMLElement, cuts: readonly Cut[], moves: TableMoves): void {
  const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.cell : undefined;
  if (cuts.length === 0) {
    place.replaceChildren(el("p", { class: "cut-empty" }, gettext("Nothing is cut yet. Mark where a cut begins (I) and where it ends (O), then cut (X).")));
    return;
  }
  const heads = [gettext("Cut"), gettext("From"), gettext("To"), gettext("Length"), gettext("Actions")];
  const head = el("tr", {}, ...heads.map((word) => columnHead(word)));
  const rows = cuts.map((cut, index) => row(cut, index, moves));
  place.replaceChildren(
    el(
      "table",
      { class: "table cut-table" },
      el("caption", { class: "sr-only" }, gettext("What is cut")),
      el("thead", {}, head),
      el("tbody", {}, ...rows),
    ),
  );
  if (held) place.querySelector<HTMLElement>(`[data-cell="${held}"]`)?.focus();
}

function columnHead(word: string): HTMLElement {
  const made = el("th", {}, word);
  made.scope = "col";
  return made;
}

function row(cut: Cut, index: number, moves: TableMoves): HTMLElement {
  const number = index + 1;
  const name = el("th", {}, String(number));
  name.scope = "row";
  const show = el("button", { type: "button", class: "btn btn-quiet btn-small", "data-cell": `show-${index}` }, gettext("Play"));
  show.setAttribute("aria-label", gettext("Play over cut {number}", { number }));
  show.addEventListener("click", () => moves.show(index));
  const remove = el("button", { type: "button", class: "btn btn-quiet btn-small", "data-cell": `remove-${index}` }, gettext("Keep"));
  remove.setAttribute("aria-label", gettext("Keep what cut {number} leaves out", { number }));
  remove.addEventListener("click", () => moves.remove(index));
  return el(
    "tr",
    {},
    name,
    el("td", {}, timeField(cut, index, "start", moves)),
    el("td", {}, timeField(cut, index, "end", moves)),
    el("td", {}, exactTime(cut.end - cut.start)),
    el("td", {}, el("div", { class: "cut-row-actions" }, show, remove)),
  );
}

function timeField(cut: Cut, index: number, edge: "start" | "end", moves: TableMoves): HTMLElement {
  const number = index + 1;
  const name = edge === "start" ? gettext("Cut {number} begins at", { number }) : gettext("Cut {number} ends at", { number });
  const field = el("input", { type: "text", class: "input cut-time", value: exactTime(cut[edge]), "data-cell": `${edge}-${index}` });
  field.setAttribute("aria-label", name);
  field.autocomplete = "off";
  const take = () => {
    const at = parseTime(field.value);
    field.setAttribute("aria-invalid", String(at === null));
    if (at === null) return moves.trouble(gettext("“{text}” is no time. Write it as 1:02:03.450 or 2:03.", { text: field.value }));
    if (at !== cut[edge]) moves.edge(index, edge, at);
  };
  field.addEventListener("change", take);
  field.addEventListener("keydown", (event) => event.key === "Enter" && take());
  return field;
}

/** The original first in meaning, last in the list; each with what it leaves. */
export function versionList(place: HTMLElement, data: Editing, use: (version: Version | undefined) => void): void {
  const rows = data.versions.map((version) => versionRow(data, version, use));
  const isShown = data.shown_version === 0;
  const original = entry(
    gettext("The original, uncut"),
    exactTime(data.duration_ms),
    isShown ? [badge(gettext("Viewers have this"))] : [],
    () => use(undefined),
  );
  place.replaceChildren(el("ol", { class: "cut-versions" }, ...rows, original));
}

function versionRow(data: Editing, version: Version, use: (version: Version) => void): HTMLElement {
  const { cuts } = listOf(version);
  const when = new Date(version.made_at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const who = version.made_by ? `${when}, ${version.made_by}` : when;
  const marks = [];
  if (version.is_shown) marks.push(badge(gettext("Viewers have this")));
  else if (version.problem) marks.push(el("span", { class: "cut-problem" }, version.problem));
  else if (version.version === data.version) marks.push(badge(gettext("Being prepared for viewers")));
  const length = exactTime(lengthOf(cuts, data.duration_ms));
  const what = cuts.length === 1 ? gettext("1 cut") : gettext("{count} cuts", { count: cuts.length });
  return entry(gettext("Version {number}", { number: version.version }), `${what}, ${length} · ${who}`, marks, () => use(version));
}

function entry(name: string, facts: string, marks: HTMLElement[], use: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "btn btn-quiet btn-small" }, gettext("Go back to it"));
  button.setAttribute("aria-label", gettext("Go back to it: {name}", { name }));
  button.addEventListener("click", use);
  const words = el("div", {}, el("strong", {}, name), el("span", { class: "cut-facts" }, facts), ...marks);
  return el("li", {}, words, button);
}

function badge(word: string): HTMLElement {
  return el("span", { class: "badge" }, word);
}
