// From any page, "/" leads to the field that searches recordings; where there is only a link to it, it is followed.

export function start(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || page.querySelector("dialog[open]")) return;
    const field = [...page.querySelectorAll<HTMLInputElement>("[data-searches]")].find((one) => one.offsetParent);
    const link = page.querySelector<HTMLAnchorElement>(".find-link");
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.select();
    field?.focus();
    if (!field) link?.click();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
