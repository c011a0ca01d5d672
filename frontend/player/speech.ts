// Says what happened: to a screen reader, as a short flash, as a line that stays, or as a wall with the reason.
import { el, icon } from "../island/elements";
import { gettext } from "../island/words";
import { DRAWINGS } from "./drawings";
import { button, type Stage } from "./stage";

const FLASH_MS = 900;

export class Speech {
  private hideFlash = 0;

  constructor(private readonly stage: Stage) {}

  /** For screen readers only. The same sentence twice is said twice. */
  say(sentence: string): void {
    this.stage.voice.textContent = this.stage.voice.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  /** Shown for a moment and said. */
  flash(sentence: string): void {
    this.say(sentence);
    this.stage.flash.textContent = sentence;
    this.stage.flash.classList.add("is-shown");
    clearTimeout(this.hideFlash);
    this.hideFlash = window.setTimeout(() => this.stage.flash.classList.remove("is-shown"), FLASH_MS);
  }

  /** A line at the top that stays until its remover is called or it is closed. */
  notice(kind: "network" | "resumed" | "edited", sentence: string, action?: { label: string; run: () => void }): () => void {
    this.stage.notices.querySelector(`[data-kind=${kind}]`)?.remove();
    const line = el("div", { class: "player-notice", "data-kind": kind });
    const remove = () => line.remove();
    if (kind === "network") line.append(icon(DRAWINGS.offline));
    line.append(el("span", {}, sentence));
    if (action) {
      const run = () => {
        remove();
        action.run();
      };
      line.append(el("button", { type: "button", class: "player-link", on: { click: run } }, action.label));
    }
    if (kind !== "network") {
      const shut = button("player-shut", gettext("Close"), DRAWINGS.close);
      shut.addEventListener("click", remove);
      line.append(shut);
    }
    this.stage.notices.append(line);
    this.say(sentence);
    return remove;
  }

  /** Nothing can be played: why, and what to do. */
  wall(kind: "refused" | "broken", sentence: string, detail: string, action: { label: string; run: () => void }): void {
    const again = el("button", { type: "button", class: "player-again", on: { click: action.run } }, action.label);
    const drawing = icon(kind === "refused" ? DRAWINGS.lock : DRAWINGS.alert);
    const words = el("p", {}, sentence);
    this.stage.wall.replaceChildren(drawing, words, detail ? el("p", { class: "player-detail" }, detail) : "", again);
    this.stage.wall.hidden = false;
    this.stage.root.dataset.wall = kind;
    this.say(sentence);
  }

  unwall(): void {
    this.stage.wall.hidden = true;
    delete this.stage.root.dataset.wall;
  }
}
