// The theme stands in a cookie that the server reads, so a page never flashes. Here the switch works without a reload.

export type Theme = "light" | "dark" | "system";
const YEAR = 365 * 24 * 3600;

export function isTheme(value: string | null | undefined): value is Theme {
  return value === "light" || value === "dark" || value === "system";
}

/** The cookie that keeps a choice for a year. */
export function cookieFor(theme: Theme, isSecure: boolean): string {
  return `cathedra_theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

export function apply(page: Document, theme: Theme): void {
  if (theme === "system") delete page.documentElement.dataset.theme;
  else page.documentElement.dataset.theme = theme;
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

export function start(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLElement;
    const chosen = (event as SubmitEvent).submitter?.getAttribute("value");
    if (!form.matches("[data-theme-switch]") || !isTheme(chosen)) return;
    event.preventDefault();
    page.cookie = cookieFor(chosen, location.protocol === "https:");
    apply(page, chosen);
  });
}
