// Ticking in a list that buttons work on: one box for all of the page, and how many are ticked, said aloud. Without it each
// box is there all the same.

const BOX = "input[type=checkbox][form]";

export function start(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("[data-ticks]");
  const every = page.querySelector<HTMLElement>("[data-ticks-all]");
  const all = every?.querySelector("input");
  if (!form || !every || !all) return;
  const boxes = () => [...page.querySelectorAll<HTMLInputElement>(BOX)].filter((box) => box.form === form);
  every.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    tell(form, all, boxes());
  });
  page.addEventListener("change", (event) => {
    if ((event.target as Element).matches(BOX)) tell(form, all, boxes());
  });
  page.defaultView?.addEventListener("pageshow", () => tell(form, all, boxes()));
  tell(form, all, boxes());
}

/** The box for all is ticked with all of them, and half with some; the number stands beside the buttons. */
export function tell(form: HTMLFormElement, all: HTMLInputElement, boxes: readonly HTMLInputElement[]): void {
  const count = boxes.filter((box) => box.checked).length;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  const said = form.querySelector<HTMLOutputElement>("[data-ticks-count]");
  if (!said) return;
  const words = count === 1 ? said.dataset.one : said.dataset.many?.replace("{count}", String(count));
  said.textContent = count ? (words ?? "") : "";
}
