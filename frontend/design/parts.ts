// Small moves of the pages: menus close, dialogs open, notices go, missing posters leave their place-holder.

export function start(page: Document): void {
  page.addEventListener("click", (event) => {
    const target = event.target as Element;
    closeMenus(page, target);
    const opener = target.closest<HTMLElement>("[data-opens]");
    const dialog = opener && page.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      dialog.querySelector<HTMLElement>(".field :is(input, select, textarea)")?.focus(); // rather than on what closes it
    }
    if (target.closest("[data-closes-dialog]")) {
      event.preventDefault();
      target.closest("dialog")?.close();
    }
    const fetcher = target.closest<HTMLButtonElement>("[data-fetches]");
    if (fetcher) void fetchAll(page, fetcher);
    if (target.closest("[data-dismisses]")) target.closest(".notice")?.remove();
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(page, null);
  });
  page.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    if (field.matches("[data-submits]")) field.closest("form")?.requestSubmit();
  });
  page.addEventListener("error", (event) => hidePoster(event.target), true);
  for (const image of page.querySelectorAll<HTMLImageElement>(".poster img")) {
    if (image.complete && !image.naturalWidth) hidePoster(image);
  }
  for (const button of page.querySelectorAll<HTMLElement>("[data-fetches]")) button.hidden = false;
  page.querySelector<HTMLElement>("[data-takes-focus]")?.focus();
}

const APART_MS = 1200; // browsers drop what is asked for at once

/** Every file of a list, one after the other: the browser asks once whether it may. */
async function fetchAll(page: Document, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  for (const link of page.querySelectorAll<HTMLElement>(`#${button.dataset.fetches} a[data-file]`)) {
    link.click();
    await new Promise((later) => setTimeout(later, APART_MS));
  }
  button.disabled = false;
}

function closeMenus(page: Document, except: Element | null): void {
  for (const menu of page.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (except && menu.contains(except)) continue;
    const hadFocus = menu.contains(page.activeElement);
    menu.open = false;
    if (!except && hadFocus) menu.querySelector("summary")?.focus();
  }
}

function hidePoster(target: EventTarget | null): void {
  if (target instanceof HTMLImageElement && target.closest(".poster")) target.hidden = true;
}
