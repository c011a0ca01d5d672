"""R82, R83: what a declaration takes a person, by pointer and by keyboard: interactions, and seconds at a stated speed of hand.

A whole product and a Chromium with the upload page open. The hand is the one of the keystroke-level model (Card, Moran,
Newell, 1980): 1.35 s to think before each decision, 1.1 s to point at something, 0.2 s for a click, 0.28 s for a key, as
an average typist. The hand really waits, and every press is a real one: the clock runs from the form that stands there
until the page says that it is declared, so what the product itself takes is in it. A list is opened with one click and
chosen from with a second. The keyboard begins at the top of the page, with nothing in focus.

Three cases. A student submits to an assignment folder of their course, and a lecturer uploads where they have declared
before: these are the common ones, for which fifteen seconds are promised. A lecturer's first upload to a folder of a
course answers the whole form; nothing is promised for it.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench import _product, playing

Row = tuple[str, str, str, str, str, str]
PROMISED_S = 15
THINK_S, POINT_S, CLICK_S, KEY_S = 1.35, 1.1, 0.2, 0.28
PATIENCE_S = 30
MOST_TABS = 60
BUTTON = "#declaration button.btn-primary"
YES = [f"#declaration [name={question}][value=yes]" for question in ("q1", "q2", "q3")]
KIND = "#declaration [name=category]"


class Hand:
    """Does what a person does, as fast as one, and counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def think(self) -> None:
        self._wait(THINK_S)

    def click(self, selector: str) -> None:
        """Point, and press."""
        self._wait(POINT_S + CLICK_S)
        self.page.locator(selector).first.click()
        self.pressed += 1

    def pick(self, selector: str, value: str) -> None:
        """Open a list, and point at one of it. No browser without a screen draws the list: the choice is made by value."""
        self.click(selector)
        self._wait(POINT_S + CLICK_S)
        self.page.locator(selector).select_option(value)
        self.pressed += 1

    def key(self, name: str) -> None:
        self._wait(KEY_S)
        self.page.keyboard.press(name)
        self.pressed += 1

    def tab_to(self, selector: str) -> None:
        """Tab until it has the focus; over the way past the navigation where there is one."""
        for _turn in range(MOST_TABS):
            self.key("Tab")
            if self.page.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
                return
            if self.page.evaluate("() => document.activeElement?.getAttribute('href') === '#content'"):
                self.key("Enter")
        raise RuntimeError(f"The keyboard does not come to {selector}.")

    def _wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)


def confirm_by_pointer(hand: Hand) -> None:
    hand.think()
    hand.click(BUTTON)


def confirm_by_keyboard(hand: Hand) -> None:
    hand.think()
    hand.tab_to(BUTTON)
    hand.key("Enter")


def answer_by_pointer(hand: Hand) -> None:
    for one in YES:
        hand.think()
        hand.click(one)
    hand.think()
    hand.pick(KIND, "lecture")
    confirm_by_pointer(hand)  # the course stands there: it is the folder's


def answer_by_keyboard(hand: Hand) -> None:
    for one in YES:
        hand.think()
        hand.tab_to(one)
        hand.key("Space")
    hand.think()
    hand.tab_to(KIND)
    hand.key("a")  # "A lecture of a course of study" is the first of the list
    hand.think()
    hand.tab_to(BUTTON)
    hand.key("Enter")


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    from playwright.sync_api import sync_playwright

    here = Path(__file__).parent
    with _product.folder() as folder, _product.running() as product, sync_playwright() as playwright:
        seeded = json.loads(product.run((here / "_seed.py").read_text(), "1", "1"))
        essays = product.run((here / "_course.py").read_text(), seeded["folder"]).strip()
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(playing.FLAGS))

        def page_of(session: str) -> Any:
            context = browser.new_context(base_url=product.url, locale="en-GB")
            context.add_cookies([{"name": "cathedra_session", "value": session, "url": product.url}])
            return context.new_page()

        student, lecturer = page_of(seeded["sessions"][0]), page_of(seeded["lecturer"])
        first = f"/folders/{seeded['folder']}/upload/"
        yield from _case("a student's submission (R82)", student, f"/folders/{essays}/upload/", _CONFIRM)
        yield from _case("a first upload to a course's folder", lecturer, first, _ANSWER, is_promised=False)
        _send(product, lecturer, folder / "first.mp4")
        yield from _case("an upload where one declared before (R83)", lecturer, first, _CONFIRM)
        browser.close()


_CONFIRM = {"pointer": confirm_by_pointer, "keyboard": confirm_by_keyboard}
_ANSWER = {"pointer": answer_by_pointer, "keyboard": answer_by_keyboard}


def _case(
    name: str, page: Any, address: str, ways: dict[str, Callable[[Hand], None]], *, is_promised: bool = True
) -> Iterator[Row]:
    for way, do in ways.items():
        page.goto(address)
        page.locator(BUTTON).wait_for()
        hand, began = Hand(page), time.monotonic()
        do(hand)
        page.locator("#declaration [data-said]").wait_for(timeout=PATIENCE_S * 1000)
        took = time.monotonic() - began
        limits = (str(PROMISED_S), f"{took / PROMISED_S:.2f}", "<= 1") if is_promised else ("", "", "")
        yield f"declaring: {name}, by {way}", f"{took:.1f}", "s", *limits
        yield "  clicks and keys pressed for that", str(hand.pressed), "", "", "", ""


def _send(product: _product.Product, page: Any, file: Path) -> None:
    """What was declared last is sent with a file: from then on the folder knows it."""
    file.write_bytes(b"no lecture, but it is declared like one")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(str(file))
    until = time.monotonic() + PATIENCE_S
    with psycopg.connect(product.database_url, autocommit=True) as database:
        while time.monotonic() < until:
            if database.execute("SELECT count(*) FROM cathedra_usedeclaration").fetchone()[0]:
                return
            time.sleep(0.1)
    raise TimeoutError(f"Nothing is declared after {PATIENCE_S} s.")


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))
