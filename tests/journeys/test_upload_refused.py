"""A file that cannot come in is told so before its first byte, and leaves nothing behind that anybody can see."""

import pytest
from playwright.sync_api import Page, expect

from cathedra.db.models import Recording, Upload
from tests.journeys import uploading
from tests.journeys.conftest import keep_picture
from tests.live import SMALL_BYTES, Running


@pytest.fixture
def page(full, page_for) -> Page:
    page = page_for(full, full.cast.alice)
    uploading.open_page(page, full.cast.chemistry)
    return page


def _assert_nothing_is_left(full: Running, page: Page, name: str) -> None:
    assert [path for path in full.config.incoming_dir.glob("*") if path.is_file()] == []
    with full.database():
        assert not Upload.objects.exists()
        assert not Recording.objects.exists()
    page.goto(f"/folders/{full.cast.chemistry}/")
    page.get_by_role("heading", level=1).wait_for()
    assert name not in page.content()
    uploading.open_page(page, full.cast.chemistry)
    page.wait_for_timeout(300)
    expect(page.locator(".upload-sheet")).to_have_count(0)


def test_a_file_over_the_limit_is_told_its_sentence_before_its_first_byte(full, page, tmp_path):
    """T12."""
    large = tmp_path / "The whole course.mp4"
    with large.open("wb") as file:
        file.truncate(SMALL_BYTES + 1024 * 1024)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if "/files/" in request.url else None)
    uploading.choose(page, large)
    uploading.expect_stage(page, large.name, "refused")
    line = uploading.sheet(page, large.name).locator(".upload-line")
    expect(line).to_contain_text("11.0 MB")
    expect(line).to_contain_text("10.0 MB")
    expect(uploading.sheet(page, large.name).get_by_role("button", name="Try now")).to_have_count(0)
    assert sent == []
    keep_picture(page, "upload-too-large")
    _assert_nothing_is_left(full, page, "The whole course")


def test_a_full_disk_is_told_in_a_sentence_before_the_first_byte(full, page, lecture):
    """T12."""
    file = lecture("No room.mp4", seconds=2)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if "/files/" in request.url else None)
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "refused")
    line = uploading.sheet(page, file.name).locator(".upload-line")
    expect(line).to_contain_text("There is room for 0 bytes on the server now")
    expect(line).to_contain_text("NO_SPACE")
    expect(uploading.sheet(page, file.name).get_by_role("button", name="Try now")).to_be_visible()
    assert sent == ["POST"], "the question alone was sent"
    keep_picture(page, "upload-no-room")
    _assert_nothing_is_left(full, page, "No room")


def test_r84_r85_nothing_is_announced_before_it_was_said_what_it_is_for_and_a_refusal_says_why(full, page_for, lecture):
    page, file = page_for(full, full.cast.alice), lecture("A meeting.mp4", seconds=2)
    page.goto(f"/folders/{full.cast.chemistry}/upload/")
    sent = []
    page.on("request", lambda request: sent.append(request.method) if "/files/" in request.url else None)
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "waiting")
    expect(uploading.sheet(page, file.name).locator(".upload-line")).to_contain_text("Say above what it is for")
    uploading.answer(page, "meeting")
    expect(page.locator("#declaration [data-answer]")).to_contain_text(
        "Meetings cannot be kept here (not permitted 4)."
    )
    expect(page.locator("#declaration [data-answer]")).to_contain_text("The streaming media service")
    assert sent == []
    uploading.answer(page, "lecture")
    expect(page.locator("#declaration [data-said]")).to_contain_text("A lecture of a course of study – CHEM1A")
    uploading.expect_stage(page, file.name, "refused")  # there is no room here
    assert sent == ["POST"]
