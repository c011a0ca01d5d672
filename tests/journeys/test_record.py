"""A lecturer records in the browser: camera, microphone and screen, paused and stopped; reloaded; without a network (T8 to T11,
R55, R84, R162). The devices are the browser's own fakes; everything else is the product."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from cathedra.db.models import Edit, Recording, Source, Stream
from tests.journeys import uploading, watching
from tests.journeys.conftest import NARROW, keep_picture
from tests.journeys.looking import problems_of

IN_MS = 120_000  # a busy machine is no failure


def open_page(page: Page, folder_id, *sources: str) -> None:
    page.goto(f"/folders/{folder_id}/record/")
    page.get_by_role("button", name="Start recording").wait_for()
    uploading.declare(page)
    for source in sources:
        page.get_by_role("button", name=f"Turn on {source}").click()
        page.get_by_role("button", name=f"Turn off {source}").wait_for()


def expect_stage(page: Page, stage: str) -> None:
    expect(page.locator(f".record[data-stage={stage}]")).to_be_visible(timeout=IN_MS)


def wait_for_safe(page: Page) -> None:
    """Something is on the server."""
    expect(page.locator(".record-safe")).to_contain_text(re.compile(r"[1-9][0-9.]* (kB|MB) safe on the server"))


def recording_of(page: Page) -> UUID:
    link = page.get_by_role("link", name="Open the recording")
    link.wait_for(timeout=IN_MS)
    return UUID(link.get_attribute("href").split("/")[2])


@pytest.fixture
def alice(running, page_for):
    return page_for(running, running.cast.alice)


def test_camera_and_screen_are_recorded_paused_stopped_and_play_side_by_side_t8_t9_t10_r162(running, alice, page_for):
    open_page(alice, running.cast.chemistry, "Camera", "Microphone", "Screen")
    alice.get_by_label("Title").fill("Entropy, recorded here")
    expect(alice.locator(".record-shown video")).to_have_count(2)
    alice.wait_for_function("() => document.querySelector('.record-level').value > 0")
    keep_picture(alice, "record-ready")
    alice.get_by_role("button", name="Start recording").click()
    expect_stage(alice, "recording")
    wait_for_safe(alice)
    keep_picture(alice, "record-recording")
    alice.wait_for_timeout(2000)
    alice.locator("h1").click()
    alice.keyboard.press("Space")
    expect_stage(alice, "paused")
    alice.wait_for_timeout(3000)
    alice.keyboard.press("Space")
    expect_stage(alice, "recording")
    alice.wait_for_timeout(2500)
    alice.get_by_role("button", name="Stop").click()
    expect_stage(alice, "done")
    recording_id = recording_of(alice)
    keep_picture(alice, "record-done")
    alice.get_by_role("link", name="Open the recording").click()
    watching.open_recording(alice, recording_id)
    watching.play(alice)
    watching.expect_moving(alice, 0)
    watching.expect_moving(alice, 1)
    with running.database():
        row = Recording.objects.get(id=recording_id)
        assert (row.title, row.origin) == ("Entropy, recorded here", "browser")
        roles = sorted(Stream.objects.filter(recording_id=recording_id).values_list("role", flat=True))
        assert [role.lower() for role in roles] == ["audio", "primary", "secondary"]
        [[start, end]] = Edit.objects.get(recording_id=recording_id).cuts
        assert end - start >= 2500
        assert row.edited_ms == row.duration_ms - (end - start)


def test_what_a_reload_interrupts_is_sent_finished_and_plays(running, alice):
    open_page(alice, running.cast.chemistry, "Camera", "Microphone")
    alice.get_by_label("Title").fill("Reloaded")
    alice.get_by_role("button", name="Start recording").click()
    expect_stage(alice, "recording")
    wait_for_safe(alice)
    alice.wait_for_timeout(1500)
    alice.once("dialog", lambda dialog: dialog.accept())  # the page warns before it is left
    alice.reload()
    alice.get_by_role("button", name="Send the rest and finish").click()
    link = alice.get_by_role("link", name="Open it")
    link.wait_for(timeout=IN_MS)
    recording_id = UUID(link.get_attribute("href").split("/")[2])
    link.click()
    watching.open_recording(alice, recording_id)
    watching.play(alice)
    watching.expect_moving(alice)
    with running.database():
        assert Recording.objects.get(id=recording_id).duration_ms > 1500


def test_what_a_browser_never_came_back_for_is_finished_from_another_one_and_plays(running, alice, page_for):
    open_page(alice, running.cast.chemistry, "Camera")
    alice.get_by_label("Title").fill("Never came back")
    alice.get_by_role("button", name="Start recording").click()
    expect_stage(alice, "recording")
    wait_for_safe(alice)
    alice.wait_for_timeout(3000)
    alice.close()
    other = page_for(running, running.cast.alice)
    other.goto(f"/folders/{running.cast.chemistry}/record/")
    row = other.locator(".record-left .record-bar").filter(has_text="Never came back")
    row.get_by_role("button", name="Finish with what has arrived").click()
    expect(row).to_contain_text("It is finished with what had arrived.")
    with running.database():
        recording_id = Recording.objects.get(title="Never came back").id
    watching.open_recording(other, recording_id)
    watching.play(other)
    watching.expect_moving(other)


def test_a_lost_network_loses_nothing_and_the_rest_follows(running, page_for, wire_to):
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    open_page(page, running.cast.chemistry, "Camera")
    page.get_by_role("button", name="Start recording").click()
    expect_stage(page, "recording")
    wait_for_safe(page)
    wire.cut()
    expect(page.locator(".record-safe")).to_contain_text("kept here, and sent later")
    page.wait_for_timeout(2000)
    wire.mend()
    page.get_by_role("button", name="Stop").click()
    expect_stage(page, "done")
    with running.database():
        assert Source.objects.filter(recording_id=recording_of(page)).count() == 1


def test_nothing_begins_before_it_was_said_what_it_is_for_r84_and_nothing_chosen_is_said(running, alice):
    alice.goto(f"/folders/{running.cast.chemistry}/record/")
    start = alice.get_by_role("button", name="Start recording")
    start.click()
    expect(alice.get_by_role("alert").last).to_contain_text("Turn on a camera")
    alice.get_by_role("button", name="Turn on Camera").click()
    alice.get_by_role("button", name="Turn off Camera").wait_for()
    if alice.locator("#declaration").is_visible():
        start.click()
        expect(alice.get_by_text("First say what the recording is for")).to_be_visible()
        assert alice.locator(".record").get_attribute("data-stage") == "ready"


def test_a_held_press_cancels_into_the_bin_by_the_keyboard_too_t11(running, alice):
    open_page(alice, running.cast.chemistry, "Camera")
    alice.get_by_label("Title").fill("Cancelled")
    alice.get_by_role("button", name="Start recording").click()
    expect_stage(alice, "recording")
    wait_for_safe(alice)
    alice.get_by_role("button", name="Hold to cancel").press("Enter")  # a short press asks first
    expect(alice.get_by_text("What was recorded goes to the bin")).to_be_visible()
    alice.get_by_role("button", name="Go on recording").click()
    alice.get_by_role("button", name="Hold to cancel").focus()
    alice.keyboard.down("Enter")
    alice.wait_for_timeout(2500)
    alice.keyboard.up("Enter")
    expect_stage(alice, "ready")

    def is_in_the_bin():
        with running.database():
            return Recording.objects.get(title="Cancelled").keeping == "RECYCLED"

    watching.wait_until(alice, is_in_the_bin, "the recording in the bin")


def test_what_is_being_recorded_is_accessible_and_fits_a_phone_as_a_desk(running, page_for):
    page = page_for(running, running.cast.alice, viewport=NARROW)
    open_page(page, running.cast.chemistry, "Camera", "Microphone")
    page.get_by_role("button", name="Start recording").click()
    expect_stage(page, "recording")
    wait_for_safe(page)
    assert problems_of(page, "record-recording", turn=0) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Stop").click()
    expect_stage(page, "done")
