// A question with its answers, above the time line.
import { el } from "../island/elements";

export class Offer {
  readonly root = el("div", { class: "notice notice-warn cut-offer", hidden: true });

  constructor(private readonly home: () => HTMLElement) {}

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** Each answer closes it. */
  ask(sentence: string, ...answers: (readonly [string, () => void])[]): void {
    const buttons = answers.map(([words, run]) => {
      const button = el("button", { type: "button", class: "btn btn-small" }, words);
      button.addEventListener("click", () => {
        this.close();
        run();
      });
      return button;
    });
    this.root.replaceChildren(el("div", {}, el("p", { role: "alert" }, sentence), el("div", { class: "actions mt-2" }, ...buttons)));
    this.root.hidden = false;
  }

  close(): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.root.replaceChildren();
    if (hadFocus) this.home().focus();
  }
}
