// The versions as a list that can be gone back to, which follows what becomes of the latest one.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { lengthOf } from "./cuts";
import { type Editing, editing, listOf, type Version } from "./data";
import { exactTime } from "./times";

const ASK_AGAIN_MS = 1500;

interface Row {
  readonly root: HTMLElement;
  readonly facts: HTMLElement;
  readonly marks: HTMLElement;
}

export class Versions {
  readonly root = el("ol", { class: "cut-versions" });
  private readonly rows = new Map<number, Row>();
  private timer = 0;

  constructor(
    private readonly recording: string,
    private readonly use: (version: Version | undefined) => void,
    private readonly renewed: (data: Editing) => void,
  ) {}

  /** The latest first, the original last. Rows stay where they are: whoever stands on one goes on standing there. */
  show(data: Editing): void {
    data.versions.forEach((version, place) => {
      const made = !this.rows.has(version.version);
      const row = this.row(version.version, gettext("Version {number}", { number: version.version }), version);
      if (made) this.root.insertBefore(row.root, this.root.children[place] ?? null);
      row.facts.textContent = factsOf(version, data.duration_ms);
      mark(row.marks, ...marksOf(version, data.version));
    });
    const original = this.row(0, gettext("The original, uncut"), undefined);
    if (original.root !== this.root.lastElementChild) this.root.append(original.root);
    original.facts.textContent = exactTime(data.duration_ms);
    mark(original.marks, data.shown_version === 0 ? gettext("Viewers have this") : "");
    this.follow(data);
  }

  private follow(data: Editing, after = ASK_AGAIN_MS): void {
    clearTimeout(this.timer);
    const latest = data.versions[0];
    if (latest && !latest.is_shown && !latest.problem)
      this.timer = window.setTimeout(() => void this.askAgain(data), after);
  }

  private async askAgain(data: Editing): Promise<void> {
    try {
      const fresh = await editing(this.recording);
      if (fresh.version === data.version) this.renewed(fresh); // else somebody else's: saving says so
    } catch {
      this.follow(data, ASK_AGAIN_MS * 4);
    }
  }

  private row(number: number, name: string, version: Version | undefined): Row {
    const known = this.rows.get(number);
    if (known) return known;
    const button = el("button", { type: "button", class: "btn btn-quiet btn-small" }, gettext("Go back to it"));
    button.setAttribute("aria-label", gettext("Go back to it: {name}", { name }));
    button.addEventListener("click", () => this.use(version));
    const [facts, marks] = [el("span", { class: "cut-facts" }), el("span", { class: "cut-version-marks" })];
    const row = { root: el("li", {}, el("div", {}, el("strong", {}, name), facts, marks), button), facts, marks };
    this.rows.set(number, row);
    return row;
  }
}

function factsOf(version: Version, duration: number): string {
  const { cuts } = listOf(version);
  const when = new Date(version.made_at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const who = version.made_by ? `${when}, ${version.made_by}` : when;
  const what = cuts.length === 1 ? gettext("1 cut") : gettext("{count} cuts", { count: cuts.length });
  return `${what}, ${exactTime(lengthOf(cuts, duration))} · ${who}`;
}

function marksOf(version: Version, latest: number): [string, string?] {
  if (version.is_shown) return [gettext("Viewers have this")];
  if (version.problem) return [version.problem, "cut-problem"];
  return [version.version === latest ? gettext("Being prepared for viewers") : ""];
}

function mark(place: HTMLElement, words: string, look = "badge"): void {
  if (place.textContent === words) return;
  place.className = words ? look : "";
  place.textContent = words;
}
