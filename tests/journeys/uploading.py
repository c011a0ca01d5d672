"""What a person does on the upload page, for the journeys that begin there."""

import hashlib
import re
import time
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from tests.conftest import COURSE
from tests.live import Running


def open_page(page: Page, folder_id, **query: object) -> None:
    """The upload page of a folder, ready for files."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    page.goto(f"/folders/{folder_id}/upload/" + (f"?{asked}" if asked else ""))
    page.get_by_role("button", name=re.compile("^Choose (a file|files)$")).wait_for()
    declare(page)


def declare(page: Page) -> None:
    """Say that what is sent is a lecture of the cast's course, as the form asks before the first byte (R84)."""
    if not page.locator("#declaration").is_visible():
        return
    if page.locator("#declaration details").count():
        page.locator("#declaration button.btn-primary").click()  # as last time
    else:
        answer(page, "lecture")
    page.locator("#declaration [data-said]").wait_for()


def answer(page: Page, category: str) -> None:
    """Yes to all three questions, this kind, and the cast's course."""
    for question in ("q1", "q2", "q3"):
        page.locator(f"#declaration [name={question}][value=yes]").check()
    page.get_by_label("What kind of recording is it?").select_option(category)
    page.get_by_label("For which course?").select_option(str(COURSE))
    page.locator("#declaration button.btn-primary").click()


def choose(page: Page, *files: Path) -> None:
    """By the picker."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("^Choose (a file|files)$")).click()
    chooser.value.set_files([str(file) for file in files])


def drop(page: Page, *files: Path) -> None:
    """By dragging onto the page."""
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<input type=file multiple id=from-desk>')")
    page.locator("#from-desk").set_input_files([str(file) for file in files])
    page.evaluate(
        """() => {
            const desk = document.getElementById("from-desk"), carried = new DataTransfer();
            for (const file of desk.files) carried.items.add(file);
            desk.remove();
            for (const kind of ["dragenter", "dragover", "drop"])
                document.querySelector(".upload-zone").dispatchEvent(
                    new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )


def sheet(page: Page, name: str) -> Locator:
    """The part of the page about one file."""
    return page.locator(".upload-sheet", has=page.locator(".upload-name", has_text=name))


def expect_one_sheet(page: Page, name: str) -> None:
    """A file that was dropped again joins what is there of it, once its content has been looked at."""
    expect(sheet(page, name)).to_have_count(1)


def expect_stage(page: Page, name: str, stage: str, *, seconds: float = 180) -> None:
    """Or what it came to instead, at once."""
    expect_one_sheet(page, name)
    ends = re.compile(f"^({stage}|refused)$")
    expect(sheet(page, name)).to_have_attribute("data-stage", ends, timeout=seconds * 1000)
    assert sheet(page, name).get_attribute("data-stage") == stage, sheet(page, name).inner_text()


def wait_for_percent(page: Page, name: str, at_least: int, *, seconds: float = 180) -> int:
    """Waits until that much has been sent; returns how much it is."""
    expect_one_sheet(page, name)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        has_arrived = sheet(page, name).get_attribute("data-stage") in ("processing", "done")
        now = 100 if has_arrived else int(sheet(page, name).get_attribute("data-percent") or 0)
        if now >= at_least:
            return now
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} did not reach {at_least} %: {sheet(page, name).inner_text()}")


def recording_of(page: Page, name: str) -> UUID:
    """The recording that a finished file became, from its link."""
    return UUID(sheet(page, name).locator("a.btn").get_attribute("href").split("/")[2])


def stored_digests(tree: Running) -> set[str]:
    """Checksums of everything that was sent in whole, wherever it lies by now."""
    folders = (tree.config.incoming_dir, tree.media_dir / "originals")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {digest(path) for path in files}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
