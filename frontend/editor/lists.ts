// What is cut, as a table whose times can be written.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import type { Cut } from "./cuts";
import { rowsInPlace } from "./inplace";
import { exactTime, parseTime } from "./times";

export interface TableMoves {
  edge(index: number, edge: "start" | "end", to: number): void;
  remove(index: number): void;
  show(index: number): void;
  trouble(sentence: string): void;
  /** What has the focus when there is no row any more. */
  home(): HTMLElement | null;
}

interface Row {
  readonly root: HTMLElement;
  readonly start: HTMLInputElement;
  readonly end: HTMLInputElement;
  readonly length: HTMLElement;
}

export class CutTable {
  readonly root = el("div", { class: "cut-list" });
  private readonly body = el("tbody", {});
  private readonly table: HTMLElement;
  private readonly empty = el(
    "p",
    { class: "cut-empty" },
    gettext("Nothing is cut yet. Mark where a cut begins (I) and where it ends (O), then cut (X)."),
  );
  private readonly rows: Row[] = [];
  private cuts: readonly Cut[] = [];

  constructor(private readonly moves: TableMoves) {
    const heads = [gettext("Cut"), gettext("From"), gettext("To"), gettext("Length"), gettext("Actions")];
    this.table = el(
      "table",
      { class: "table cut-table" },
      el("caption", { class: "sr-only" }, gettext("What is cut")),
      el("thead", {}, el("tr", {}, ...heads.map((word) => head("col", word)))),
      this.body,
    );
    this.root.append(this.table, this.empty);
  }

  show(cuts: readonly Cut[]): void {
    this.cuts = cuts;
    this.table.hidden = cuts.length === 0;
    this.empty.hidden = cuts.length > 0;
    rowsInPlace(this.body, this.rows, cuts, {
      make: (index) => this.row(index),
      show: (row, cut) => {
        for (const edge of ["start", "end"] as const) {
          row[edge].value = exactTime(cut[edge]);
          row[edge].removeAttribute("aria-invalid");
        }
        row.length.textContent = exactTime(cut.end - cut.start);
      },
      home: () => this.moves.home(),
    });
  }

  private row(index: number): Row {
    const number = index + 1;
    const button = (cell: string, word: string, name: string, run: () => void) => {
      const made = el("button", { type: "button", class: "btn btn-quiet btn-small", "data-cell": cell, "aria-label": name }, word);
      made.addEventListener("click", run);
      return made;
    };
    const show = button("show", gettext("Play"), gettext("Play over cut {number}", { number }), () => this.moves.show(index));
    const keep = gettext("Keep what cut {number} leaves out", { number });
    const remove = button("remove", gettext("Keep"), keep, () => this.moves.remove(index));
    const [start, end, length] = [this.field(index, "start"), this.field(index, "end"), el("td", {})];
    const root = el(
      "tr",
      {},
      head("row", String(number)),
      el("td", {}, start),
      el("td", {}, end),
      length,
      el("td", {}, el("div", { class: "cut-row-actions" }, show, remove)),
    );
    return { root, start, end, length };
  }

  private field(index: number, edge: "start" | "end"): HTMLInputElement {
    const number = index + 1;
    const name = edge === "start" ? gettext("Cut {number} begins at", { number }) : gettext("Cut {number} ends at", { number });
    const field = el("input", { type: "text", class: "input cut-time", "data-cell": edge, "aria-label": name });
    field.autocomplete = "off";
    const take = () => {
      const at = parseTime(field.value);
      field.setAttribute("aria-invalid", String(at === null));
      if (at === null) return this.moves.trouble(gettext("“{text}” is no time. Write it as 1:02:03.450 or 2:03.", { text: field.value }));
      if (at !== this.cuts[index]?.[edge]) this.moves.edge(index, edge, at);
    };
    field.addEventListener("change", take);
    field.addEventListener("keydown", (event) => event.key === "Enter" && take());
    return field;
  }
}

function head(scope: "col" | "row", word: string): HTMLElement {
  const made = el("th", {}, word);
  made.scope = scope;
  return made;
}
