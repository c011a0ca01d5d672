// What the files are for, or the recording: asked once on the page, before the first byte of anything is sent.
import type { components } from "../api";
import { ask, Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";

type Verdict = components["schemas"]["DeclarationVerdict"];
const QUESTIONS = ["q1", "q2", "q3"] as const;
const ASKED_OF = "if_directly_relevant"; // the kinds of content of which relevance is asked

/** The answers of the form, as the server is told them with each file. */
export function said(given: FormData, rule: string): Record<string, string | number | null> {
  const text = (name: string) => String(given.get(name) ?? "");
  const relevance = rule === ASKED_OF ? text("directly_relevant") || "unsure" : "not_asked";
  return {
    ...Object.fromEntries(QUESTIONS.map((name) => [name, text(name)])),
    category: text("category"),
    course: text("course") || null,
    directly_relevant: relevance,
    note: text("note").trim(),
    version: Number(text("version")),
  };
}

export class Declaration {
  /** What is sent with each file; null until it was confirmed. */
  words: string | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly changed: () => void,
    private readonly sentence = gettext("Files are sent as: {what}"),
  ) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.confirm();
    });
    form.addEventListener("change", () => this.fit());
    this.part<HTMLButtonElement>("[data-change]").addEventListener("click", () => this.change());
    this.fit();
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.form.querySelector<T>(selector) as T;
  }

  private get rule(): string {
    return this.part<HTMLSelectElement>("[name=category]").selectedOptions[0]?.dataset.rule ?? "";
  }

  /** Relevance is asked only of the kinds it matters for. */
  private fit(): void {
    this.part("[data-relevance]").hidden = this.rule !== ASKED_OF;
  }

  private change(): void {
    this.words = null;
    this.show(false);
    const details = this.form.querySelector("details");
    if (details) details.open = true;
    this.part<HTMLInputElement>("[name=q1]").focus();
    this.changed();
  }

  private show(isSaid: boolean): void {
    this.part("[data-ask]").hidden = isSaid;
    this.part("[data-said]").hidden = !isSaid;
    this.part("[data-answer]").replaceChildren();
  }

  /** The policy answers at once; where it cannot be asked, it answers when the first file is announced. */
  private async confirm(): Promise<void> {
    const body = said(new FormData(this.form), this.rule);
    let sentence = this.sentence.replace("{what}", this.what());
    try {
      const options = { method: "POST", body: JSON.stringify(body) };
      const found = await ask<Verdict>("/api/declarations/check", options);
      if (found.verdict === "REFERRED") {
        const why = found.reasons.join(" ");
        sentence = gettext("{why} You can send it; until it is decided, only you can watch it.", { why });
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 0 && error.status < 500) return this.refuse(error);
    }
    this.words = JSON.stringify(body);
    this.show(true);
    const line = this.part("[data-said] p");
    line.textContent = sentence;
    line.focus();
    this.changed();
  }

  private what(): string {
    const chosen = (name: string) =>
      this.part<HTMLSelectElement>(`[name=${name}]`).selectedOptions[0]?.textContent?.trim() ?? "";
    const course = this.part<HTMLSelectElement>("[name=course]").value ? chosen("course") : "";
    return [chosen("category"), course].filter(Boolean).join(" – ");
  }

  private refuse(reason: Refused): void {
    const details = this.form.querySelector("details");
    if (details) details.open = true;
    const sentence = el("p", {}, reason.message || gettext("The server did not take these answers."));
    this.part("[data-answer]").replaceChildren(el("div", { class: "notice notice-bad" }, sentence));
  }
}
