"""A page looked at in both themes and both widths: axe-core has nothing to complain about, nothing scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import NARROW, WIDE, keep_picture

# Without `preload`, for which axe itself would put style sheets into the page: the policy forbids that, and says so.
RULES = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Each page is loaded once and looked at in four ways. axe reads two of them, one of each theme and each width: by every
# rule the one, by the rule for colours the other, and of the next page the other way round.
LOOKS = [("light", WIDE, None), ("light", NARROW, 0), ("dark", NARROW, None), ("dark", WIDE, 1)]
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# A change of theme fades; colours are read when it is over.
SETTLED = """() => Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
    .map((one) => one.finished.catch(() => null)))"""
# What makes a page scroll sideways: the innermost parts that reach beyond its edge.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > innerWidth)
        .slice(-3).map((part) => part.outerHTML.slice(0, 200))"""


def problems_of(page: Page, name: str, *, turn: int, also: str = "() => []") -> list[str]:
    """What is wrong with the page as it stands, in whichever look. `turn`: 0 or 1, of the next page the other; `also`
    is asked of the page in each look and names what else is wrong."""
    found, axe_of_page = [], Axe()
    for theme, viewport, whole_in in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(viewport)
        look = f"{name}-{theme}-{viewport['width']}"
        page.evaluate(SETTLED)
        rules = RULES if whole_in == turn else COLOURS
        axe = axe_of_page.run(page, options=rules) if whole_in is not None else None
        axe_of_page = Axe("0") if axe else axe_of_page  # it is in the page now
        found += [f"{look}: {axe.generate_report()}"] if axe and axe.violations_count else []
        found += [f"{look}: sideways, {part}" for part in page.evaluate(TOO_WIDE)]
        found += [f"{look}: {wrong}" for wrong in page.evaluate(also)]
        keep_picture(page, look)
    return found
