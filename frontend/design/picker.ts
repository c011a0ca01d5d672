// A field of people as a combobox: type a name, choose, see whom you chose. The text field below it stays the truth.
import type { components } from "../api";
import { ask, Refused } from "../island/ask.ts";
import { el } from "../island/elements.ts";
import { gettext } from "../island/words.ts";
import { keysIn, optionAfter, textOf } from "./picker-text.ts";

type Found = components["schemas"]["FoundLine"];
type Field = HTMLTextAreaElement | HTMLInputElement;
const WAIT_MS = 220;
const FEWEST_LETTERS = 2;

export function start(page: Document): void {
  for (const field of page.querySelectorAll<Field>("[data-people]")) new Picker(field).show();
}

class Picker {
  private readonly keys: string[];
  private readonly names = new Map<string, string>();
  private readonly chips = el("ul", { class: "picker-chips" });
  private readonly list = el("ul", { class: "picker-list", role: "listbox", hidden: true });
  private readonly told = el("span", { class: "sr-only", role: "status" });
  private readonly input: HTMLInputElement;
  private rows: Found[] = [];
  private active = -1;
  private asked = 0;
  private timer = 0;
  private isPressing = false;

  constructor(private readonly field: Field) {
    this.keys = keysIn(field.value);
    const id = field.id;
    const label = field.ownerDocument.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(id)}"]`);
    this.input = el("input", { class: "input", type: "text", id, autocomplete: "off", spellcheck: false });
    this.list.id = `${id}_list`;
    if (label) {
      label.id ||= `${id}_label`;
      this.list.setAttribute("aria-labelledby", label.id);
      this.chips.setAttribute("aria-labelledby", label.id);
    }
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocapitalize: "none",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      this.input.setAttribute(name, value);
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = field.getAttribute(name);
      if (value) this.input.setAttribute(name, value);
    }
  }

  /** Put the combobox in the field's place. */
  show(): void {
    const { field, input } = this;
    const hadFocus = field.ownerDocument.activeElement === field;
    field.id = `${input.id}_value`;
    field.hidden = true;
    field.required = false; // an empty field is told by the server, beside its label
    const hint = field.ownerDocument.getElementById(`${input.id}_hint`);
    if (hint && field.dataset.hint) hint.textContent = field.dataset.hint;
    const box = el("div", { class: "picker" }, this.chips, input, this.list, this.told);
    field.after(box);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("paste", (event) => this.pasted(event));
    input.addEventListener("blur", () => this.left());
    field.ownerDocument.addEventListener("mousedown", () => (this.isPressing = true), { capture: true });
    field.ownerDocument.addEventListener("mouseup", () => this.released(), { capture: true });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    this.list.addEventListener("click", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (row) this.choose(Number(row.dataset.place));
    });
    field.form?.addEventListener("submit", () => this.keep(), { capture: true });
    this.draw();
    if (hadFocus) input.focus();
  }

  private get isSingle(): boolean {
    return "single" in this.field.dataset;
  }

  private draw(): void {
    this.field.value = textOf(this.keys);
    this.chips.hidden = this.keys.length === 0;
    this.chips.replaceChildren(...this.keys.map((key) => this.chip(key)));
    this.input.hidden = this.isSingle && this.keys.length > 0;
  }

  private chip(key: string): HTMLElement {
    const name = this.names.get(key) ?? key;
    const label = gettext("Remove {name}", { name });
    const remove = el("button", { type: "button", class: "picker-remove", "aria-label": label }, "×");
    remove.addEventListener("click", () => {
      this.drop(key);
      this.input.focus();
    });
    const login = name !== key ? el("span", { class: "text-muted" }, key) : undefined;
    return el("li", { class: "picker-chip" }, el("span", {}, name), login, remove);
  }

  private drop(key: string): void {
    const place = this.keys.indexOf(key);
    if (place >= 0) this.keys.splice(place, 1);
    this.draw();
    this.told.textContent = gettext("{name} was removed.", { name: this.names.get(key) ?? key });
  }

  private add(text: string): void {
    const had = new Set(this.keys.map((key) => key.toLowerCase()));
    const added = keysIn(text).filter((key) => !had.has(key.toLowerCase()));
    if (this.isSingle) this.keys.splice(0, this.keys.length, ...added.slice(0, 1));
    else this.keys.push(...added);
    this.input.value = "";
    this.close();
    this.draw();
    if (added.length) {
      this.told.textContent = gettext("{name} was added.", { name: this.names.get(added[0]!) ?? added[0]! });
    }
  }

  private choose(place: number): void {
    const row = this.rows[place];
    if (!row) return;
    this.names.set(row.key, row.name);
    this.add(row.key);
    (this.input.hidden ? this.chips.querySelector("button") : this.input)?.focus();
  }

  /** What was typed and not chosen is kept as a name: the server says whether somebody is called that. */
  private keep(): void {
    if (this.input.value.trim()) this.add(this.input.value);
  }

  /** While a button of the mouse is down nothing moves: what is pressed would no longer lie under the pointer. */
  private left(): void {
    if (this.isPressing) return;
    this.keep();
    this.close();
  }

  private released(): void {
    this.isPressing = false;
    if (this.input.ownerDocument.activeElement !== this.input) window.setTimeout(() => this.left()); // after the click
  }

  private typed(): void {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < FEWEST_LETTERS) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.look(text), WAIT_MS);
  }

  private async look(text: string): Promise<void> {
    const mine = ++this.asked;
    try {
      const kind = this.field.dataset.people === "accounts" ? "&groups=false" : "";
      const answer = await ask<{ rows: Found[] }>(`/api/principals?limit=8${kind}&q=${encodeURIComponent(text)}`);
      if (mine === this.asked && this.input.value.trim() === text) this.offer(answer.rows);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.close();
    }
  }

  private offer(found: Found[]): void {
    const had = new Set(this.keys.map((key) => key.toLowerCase()));
    this.rows = found.filter((row) => !had.has(row.key.toLowerCase()));
    this.list.replaceChildren(...this.rows.map((row, place) => this.option(row, place)));
    this.list.hidden = this.rows.length === 0;
    this.input.setAttribute("aria-expanded", String(this.rows.length > 0));
    this.point(-1);
    this.told.textContent =
      this.rows.length === 0
        ? gettext("Nobody is called that.")
        : gettext("{count} found. Use the arrow keys to choose.", { count: this.rows.length });
  }

  private option(row: Found, place: number): HTMLElement {
    const detail = row.is_group ? gettext("Group, {count} members", { count: row.member_count }) : row.key;
    const option = el(
      "li",
      { class: "picker-option", role: "option", id: `${this.list.id}_${place}`, "data-place": String(place) },
      el("span", { class: "font-medium" }, row.name),
      el("span", { class: "text-muted" }, detail),
    );
    option.setAttribute("aria-selected", "false");
    return option;
  }

  private point(place: number): void {
    this.active = place;
    this.list.querySelectorAll("[role=option]").forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === place));
      if (at === place) option.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}_${place}`);
  }

  private close(): void {
    this.asked += 1;
    clearTimeout(this.timer);
    this.rows = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(-1);
  }

  private pressed(event: KeyboardEvent): void {
    const next = optionAfter(event.key, this.active, this.rows.length);
    if (next !== undefined) {
      event.preventDefault();
      this.point(next);
    } else if (event.key === "Enter" && this.input.value.trim()) {
      event.preventDefault();
      if (this.active >= 0) this.choose(this.active);
      else if (this.rows.length === 1) this.choose(0);
      else this.keep();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.keys.length) {
      this.drop(this.keys[this.keys.length - 1]!);
    }
  }

  private pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\n,]/.test(text.trim())) return;
    event.preventDefault();
    this.add(text);
  }
}
