// The queue of approvals by keyboard: from line to line, and each line's own buttons by one letter. Without it every
// button is there all the same. The letters count only inside the list, so that nobody triggers them unawares; from
// nowhere, j and k only enter it.

const ITEM = "[data-queue-item]";

export function start(page: Document): void {
  const queue = page.querySelector<HTMLElement>("[data-queue]");
  if (queue) page.addEventListener("keydown", (event) => press(event, page, queue));
}

function press(event: KeyboardEvent, page: Document, queue: HTMLElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = page.activeElement;
  const item = at && queue.contains(at) ? at.closest<HTMLElement>(ITEM) : null;
  if (isWriting(at)) {
    if (event.key === "Escape" && item) leave(item);
    return;
  }
  if (!item && at !== page.body && at !== null) return;
  if (act(event.key, queue, item)) event.preventDefault();
}

function act(key: string, queue: HTMLElement, item: HTMLElement | null): boolean {
  if (key === "j" || key === "k") return step(queue, item, key === "j" ? 1 : -1);
  if (!item) return false;
  if (key === "x") return click(item.querySelector<HTMLInputElement>("input[type=checkbox]"));
  if (key === "r") return open(item);
  return key === "a" || key === "o" ? click(item.querySelector<HTMLElement>(`[data-key="${key}"]`)) : false;
}

/** The next or the previous line takes the focus; at an end it stays. */
export function step(queue: HTMLElement, item: HTMLElement | null, by: number): boolean {
  const items = [...queue.querySelectorAll<HTMLElement>(ITEM)];
  const to = item ? items.indexOf(item) + by : 0;
  items[Math.min(Math.max(to, 0), items.length - 1)]?.focus();
  return items.length > 0;
}

function click(button: HTMLElement | null): boolean {
  button?.click();
  return button !== null;
}

function open(item: HTMLElement): boolean {
  const box = item.querySelector<HTMLDetailsElement>("details");
  if (!box) return false;
  box.open = true;
  box.querySelector("textarea")?.focus();
  return true;
}

function leave(item: HTMLElement): void {
  const box = item.querySelector<HTMLDetailsElement>("details");
  if (box) box.open = false;
  item.focus();
}

function isWriting(at: Element | null): boolean {
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type !== "checkbox");
}
