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
# Each page is loaded once and looked at in both themes at both widths. axe reads the first look by every rule and the
# second, which differs in both, by the rule for colours; the other two differ from these in nothing that it reads: there
# is looked for what reaches beyond the edge, and for what the page's own question names.
LOOKS = (
    [("light", NARROW), ("dark", WIDE), ("dark", NARROW), ("light", WIDE)],
    [("dark", NARROW), ("light", WIDE), ("light", NARROW), ("dark", WIDE)],
)
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
READ = (RULES, COLOURS)
# A change of theme fades, and what inherits a colour fades after what it has it from; colours are read when all is over.
SETTLED = """async () => {
    for (let turn = 0; turn < 20; turn++) {
        await new Promise((drawn) => requestAnimationFrame(drawn));
        const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
        if (turn > 0 && fading.length === 0) return;
        await Promise.all(fading.map((one) => one.finished.catch(() => null)));
    }
}"""
# What makes a page scroll sideways: the innermost parts that reach beyond its edge.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > innerWidth)
        .slice(-3).map((part) => part.outerHTML.slice(0, 200))"""


def problems_of(page: Page, name: str, *, turn: int, also: str = "() => []", within: str | None = None) -> list[str]:
    """What is wrong with the page as it stands, in every look. `turn`: 0 or 1, of the next page the other; `also`
    is asked of the page in each look and names what else is wrong. `within`: what is open above the page, and alone read
    by axe: how much of what lies behind it looks out depends on the length of the page."""
    context = {"include": [[within]]} if within else None
    found = []
    for place, (theme, viewport) in enumerate(LOOKS[turn]):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(viewport)
        look = f"{name}-{theme}-{viewport['width']}"
        page.evaluate(SETTLED)
        if place < len(READ):
            axe = (Axe("0") if place else Axe()).run(page, context, READ[place])  # it is there the second time
            found += [f"{look}: {axe.generate_report()}"] if axe.violations_count else []
        found += [f"{look}: sideways, {part}" for part in page.evaluate(TOO_WIDE)]
        found += [f"{look}: {wrong}" for wrong in page.evaluate(also)]
        keep_picture(page, look)
    return found
