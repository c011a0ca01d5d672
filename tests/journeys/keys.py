"""The keyboard of a page, as somebody without a mouse has it."""

from playwright.sync_api import Page


def focused(page: Page) -> str:
    """Name and kind of what has the focus, shadow roots included."""
    return page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const host = at?.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : at;
            const label = at?.labels?.[0]?.innerText ?? "";
            const words = at?.matches("a, button, summary") ? at.innerText : "";
            return [host?.localName, host?.getAttribute("aria-label"), label, words].filter(Boolean).join(" ");
        }"""
    )


def tab_to(page: Page, words: str, *, presses: int = 60) -> None:
    """Presses Tab until what is called so has the focus."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if words.lower() in focused(page).lower():
            return
    raise AssertionError(f"{words!r} cannot be reached by Tab; the focus is on {focused(page)!r}")
