"""The Publisher's queue by the keyboard alone: from line to line, approve, return with a reason (design: Approvals)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Publication
from cathedra.domain.terms import PrincipalId
from tests import lectures
from tests.giving import somebody
from tests.journeys.conftest import keep_picture

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def waiting(running):
    """Three recordings of Alice's that wait for Pia, and for nobody else: other journeys have queues of their own."""
    cast = running.cast
    with running.database():
        pia = somebody("pia", now=NOW)
        folder = library.add_folder("Kinetics with approval", kind=FolderKind.COURSE, now=NOW)
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
        access_writes.add_member(folder, PrincipalId(pia), FolderRole.PUBLISHER, now=NOW)
        Folder.objects.filter(id=folder).update(start="when_approved")
        return pia, [
            lectures.lecture(
                folder, cast.alice, title=f"Waits {number}", now=NOW, publication=Publication.WAITING,
                submitted_at=NOW + timedelta(hours=number), submitted_by_id=cast.alice, approval="submitted",
                approval_at=NOW,
            )
            for number in (1, 2, 3)
        ]  # fmt: skip


def test_a_publisher_works_through_the_queue_by_keyboard(running, waiting, context_for):
    pia, waiting = waiting
    page = context_for(running, pia).new_page()
    page.goto("/approvals/")
    items = page.locator("[data-queue-item]")
    expect(items).to_have_count(3)
    keep_picture(page, "approvals-queue")
    page.keyboard.press("a")  # outside the list a letter does nothing
    page.keyboard.press("j")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.get_by_text("“Waits 1” is approved.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"#waits-{waiting[1]}$"))
    expect(items.nth(0)).to_be_focused()  # the next one
    page.keyboard.press("r")
    expect(items.nth(0).get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Names show: jkax.")  # in the field, letters are letters
    page.keyboard.press("Escape")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Waits 2” is returned")).to_be_visible()
    page.keyboard.press("x")
    expect(items.nth(0).get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Approve what is ticked").press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    with running.database():
        rows = dict(Recording.objects.filter(id__in=waiting).values_list("id", "publication"))
        reason = Recording.objects.get(id=waiting[1]).approval_reason
    assert [rows[one] for one in waiting] == ["PUBLISHED", "REJECTED", "PUBLISHED"]
    assert reason == "Names show: jkax."
