// One file on the page: its name, its title, how far it is, and what can be done with it.
import { el, icon } from "../island/elements";
import { gettext } from "../island/words";
import { DRAWINGS } from "./drawings";
import type { Stage } from "./line";
import { percent, size } from "./pace";

export type Deed = "pause" | "resume" | "cancel" | "keep" | "discard" | "choose" | "again" | "retry" | "hide";

/** What the sheet shows besides its stage. */
export interface Shown {
  readonly line: string;
  readonly bytes: number;
  readonly length: number;
  /** A percentage of something other than bytes (processing); null is "nobody knows", undefined is bytes. */
  readonly share?: number | null;
  readonly link?: { readonly address: string; readonly label: string } | undefined;
  /** Trying again cannot help. */
  readonly isFinal: boolean;
}

const DEEDS: Record<Stage, readonly Deed[]> = {
  checking: [],
  asking: ["cancel"],
  waiting: ["pause", "cancel"],
  sending: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  retrying: ["retry", "cancel"],
  processing: [],
  done: ["hide"],
  duplicate: ["again", "hide"],
  unfinished: ["choose", "cancel"],
  refused: ["retry", "hide"],
  removed: [],
};

const MARKS: Partial<Record<Stage, keyof typeof DRAWINGS>> = {
  done: "done",
  duplicate: "done",
  refused: "alert",
  retrying: "offline",
  paused: "pause",
  unfinished: "pause",
};

export class Sheet {
  readonly root = el("li", { class: "upload-sheet panel" });
  readonly title = el("input", { class: "input", type: "text", maxLength: 200 });
  private readonly mark = el("span", { class: "upload-mark" });
  private readonly name = el("p", { class: "upload-name" });
  private readonly meter = el("progress", { class: "meter", max: 100 });
  private readonly line = el("p", { class: "upload-line" });
  private readonly deeds = el("div", { class: "upload-deeds" });
  private readonly titleField: HTMLElement;
  private shownDeeds = "";

  constructor(
    id: string,
    readonly fileName: string,
    private readonly act: (deed: Deed) => void,
  ) {
    this.title.id = `title-${id}`;
    this.titleField = el(
      "div",
      { class: "field" },
      el("label", { htmlFor: this.title.id }, gettext("Title")),
      this.title,
    );
    this.name.textContent = fileName;
    this.meter.setAttribute("aria-label", gettext("{name}: progress", { name: fileName }));
    const body = el("div", { class: "upload-body" }, this.name, this.titleField, this.meter, this.line);
    this.root.append(this.mark, body, this.deeds);
  }

  /** Draws the present state; what did not change is left alone, so that focus stays where it is. */
  draw(stage: Stage, shown: Shown, hasTitle: boolean): void {
    this.root.dataset.stage = stage;
    this.titleField.hidden = !hasTitle;
    const share = shown.share === undefined ? percent(shown.bytes, shown.length) : shown.share;
    this.root.dataset.percent = share === null ? "" : String(share);
    this.meter.hidden = ["asking", "done", "duplicate", "refused"].includes(stage) && share !== null;
    if (share === null || stage === "checking") this.meter.removeAttribute("value");
    else this.meter.value = share;
    if (this.line.textContent !== shown.line) this.line.textContent = shown.line;
    this.mark.replaceChildren(icon(DRAWINGS[MARKS[stage] ?? "file"]));
    this.offer(shown.isFinal ? ["hide"] : DEEDS[stage], shown);
  }

  /** Asks whether what has arrived may be thrown away. */
  confirm(bytes: number): void {
    this.shownDeeds = "";
    const question = el("p", {}, gettext("Cancel, and throw away the {size} that arrived?", { size: size(bytes) }));
    const buttons = [this.button("discard"), this.button("keep")];
    this.deeds.replaceChildren(el("div", { class: "upload-question", role: "group" }, question, ...buttons));
    buttons[1]?.focus();
  }

  /** Puts the focus on the first thing that can be done. */
  focus(): void {
    this.deeds.querySelector<HTMLElement>("button, a")?.focus();
  }

  private offer(deeds: readonly Deed[], shown: Shown): void {
    const key = `${deeds.join()} ${shown.link?.address ?? ""}`;
    if (key === this.shownDeeds || this.deeds.querySelector(".upload-question")) return;
    const hadFocus = this.deeds.contains(document.activeElement);
    this.shownDeeds = key;
    const link =
      shown.link && el("a", { class: "btn btn-primary btn-small", href: shown.link.address }, shown.link.label);
    this.deeds.replaceChildren(...(link ? [link] : []), ...deeds.map((deed) => this.button(deed)));
    if (hadFocus) this.focus();
  }

  /** Takes the question away and offers the deeds of the stage again at the next drawing. */
  unconfirm(): void {
    this.deeds.replaceChildren();
    this.shownDeeds = "";
  }

  private button(deed: Deed): HTMLButtonElement {
    const [label, drawing] = words(deed);
    const look = deed === "discard" ? "btn btn-danger btn-small" : "btn btn-small";
    const made = el(
      "button",
      { type: "button", class: look, "data-deed": deed },
      drawing && icon(DRAWINGS[drawing]),
      label,
    );
    made.append(el("span", { class: "sr-only" }, ` ${this.fileName}`));
    made.addEventListener("click", () => this.act(deed));
    return made;
  }
}

function words(deed: Deed): [string, (keyof typeof DRAWINGS)?] {
  const all: Record<Deed, [string, (keyof typeof DRAWINGS)?]> = {
    pause: [gettext("Pause"), "pause"],
    resume: [gettext("Resume"), "play"],
    cancel: [gettext("Cancel"), "close"],
    discard: [gettext("Throw it away")],
    keep: [gettext("Keep it")],
    choose: [gettext("Choose the file again"), "file"],
    again: [gettext("Upload it again")],
    retry: [gettext("Try now"), "again"],
    hide: [gettext("Hide"), "close"],
  };
  return all[deed];
}
