// Pictures that a script draws do not follow the theme by themselves.

/** Called when the colours of the page are others: by its switch, or with the system. */
export function whenColoursChange(heard: () => void): void {
  new MutationObserver(heard).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", heard);
}
