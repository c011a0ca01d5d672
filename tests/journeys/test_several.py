"""Several recordings of a folder at once, by the keyboard alone: tick, read what it does, do it, read what was not done
(design: lists with bulk actions)."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from cathedra.db.models import Hold, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import PrincipalId
from tests import lectures
from tests.journeys.conftest import keep_picture

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shelf(running):
    """A folder of Alice's with four recordings, of which a hold keeps the third."""
    cast = running.cast
    with running.database():
        folder = library.add_folder("Spectroscopy to be tidied", kind=FolderKind.COURSE, now=NOW)
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
        made = [lectures.lecture(folder, cast.alice, title=f"Spectrum {number}", now=NOW) for number in (1, 2, 3, 4)]
        Hold.objects.create(recording_id=made[2], kind="legal", opened_at=NOW)
    return folder, made


def test_a_creator_tidies_a_folder_by_keyboard(running, shelf, context_for):
    folder, made = shelf
    page = context_for(running, running.cast.alice).new_page()
    page.goto(f"/folders/{folder}/?sort=title")
    lines, said = page.locator("[data-queue-item]"), page.locator("[data-ticks-count]")
    expect(lines).to_have_count(4)
    every = page.get_by_role("checkbox", name="Tick all of this page")
    every.press("Space")
    expect(said).to_have_text("4 ticked")
    every.press("Space")
    expect(said).to_have_text("")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(lines.nth(0)).to_be_focused()
    page.keyboard.press("x")
    expect(said).to_have_text("1 ticked")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(said).to_have_text("2 ticked")
    assert every.evaluate("box => box.indeterminate")
    keep_picture(page, "folder-ticked")
    page.get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_role("heading", name="Put 2 recordings into the bin")).to_be_visible()
    page.get_by_role("button", name="Put 2 recordings into the bin").press("Enter")
    expect(page.get_by_role("heading", name="Not everything was done")).to_be_focused()
    expect(page.get_by_role("region", name="1 recording is as it was")).to_contain_text("Spectrum 3")
    expect(page.get_by_role("region", name="1 recording is in the bin.")).to_contain_text("Spectrum 1")
    keep_picture(page, "several-done")
    page.get_by_role("link", name="Back to the folder").press("Enter")
    expect(lines).to_have_count(3)
    with running.database():
        rows = dict(Recording.objects.filter(id__in=made).values_list("id", "keeping"))
    assert [rows[one] for one in made] == ["RECYCLED", "ONLINE", "ONLINE", "ONLINE"]
