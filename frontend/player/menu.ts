// The settings: speed, quality, sound and layout as ordinary choices that every device and screen reader knows.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { SPEEDS } from "./keys";
import type { Choice } from "./quality";

export interface Choices {
  readonly label: string;
  readonly name: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

/** The panel and its button. `ask` is called each time it opens, so it always shows what is so. */
export class Menu {
  readonly panel = el("div", { class: "player-settings", hidden: true, role: "group" });

  constructor(
    private readonly opener: HTMLButtonElement,
    private readonly controller: HTMLElement,
    private readonly ask: () => Choices[],
  ) {
    this.panel.setAttribute("aria-label", gettext("Settings"));
    this.panel.setAttribute("noautohide", "");
    opener.addEventListener("click", () => (this.isOpen ? this.close(true) : this.open()));
    controller.append(this.panel);
    document.addEventListener("pointerdown", (event) => this.leave(event));
    this.panel.addEventListener("focusout", (event) => this.leave(event));
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  open(): void {
    this.panel.replaceChildren(...this.ask().map(line));
    this.panel.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.controller.setAttribute("autohide", "-1");
    this.panel.querySelector("select")?.focus();
  }

  /** What there is to choose from has changed; who is in the middle of it stays there. */
  refresh(): void {
    if (!this.isOpen) return;
    const at = this.panel.contains(document.activeElement) ? document.activeElement?.getAttribute("name") : null;
    this.panel.replaceChildren(...this.ask().map(line));
    if (at) (this.panel.querySelector<HTMLSelectElement>(`select[name="${at}"]`) ?? this.panel.querySelector("select"))?.focus();
  }

  close(returnsFocus: boolean): void {
    if (!this.isOpen) return;
    this.panel.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    this.controller.setAttribute("autohide", "3");
    if (returnsFocus) this.opener.focus();
  }

  /** One choice is called something else while the panel is open; the element stays, so focus and choice do too. */
  rename(choices: string, value: string, words: string): void {
    const option = this.panel.querySelector(`select[name="${choices}"] option[value="${value}"]`);
    if (option) option.textContent = words;
  }

  private leave(event: PointerEvent | FocusEvent): void {
    const target = event instanceof FocusEvent ? event.relatedTarget : event.target;
    if (!(target instanceof Node) || this.panel.contains(target) || this.opener.contains(target)) return;
    this.close(false);
  }
}

/** The speeds, the present one added when it is between two steps. */
export function speeds(now: number): { value: string; label: string }[] {
  const all = SPEEDS.includes(now as (typeof SPEEDS)[number]) ? [...SPEEDS] : [...SPEEDS, now].sort((a, b) => a - b);
  return all.map((speed) => ({ value: String(speed), label: speed === 1 ? gettext("Normal") : `${speed}×` }));
}

export function levels(choices: readonly Choice[]): { value: string; label: string }[] {
  return choices.map((choice) => ({ value: String(choice.level), label: choice.label }));
}

function line(choices: Choices): HTMLElement {
  const select = el("select", { name: choices.name });
  for (const option of choices.options) select.append(el("option", { value: option.value }, option.label));
  select.value = choices.value;
  select.addEventListener("change", () => choices.choose(select.value));
  return el("label", {}, el("span", {}, choices.label), select);
}
