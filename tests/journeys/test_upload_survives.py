"""An upload goes on after a reload, a lost network and a restart of the server; the same file is never sent twice."""

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.conftest import make_cast
from tests.journeys import uploading
from tests.journeys.wire import STANDING


@pytest.fixture
def big(lecture):
    """About ten megabytes: seven seconds on the slow network. Small pictures: only the bytes matter here."""
    return lambda name: lecture(name, seconds=20, size="320x180", rate="4M")


def test_an_upload_goes_on_after_a_reload_in_the_middle(running, wire_to, page_for, big):
    file = big("Reload in the middle.mp4")
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    uploading.open_page(page, running.cast.chemistry)
    wire.slow()
    uploading.choose(page, file)
    uploading.wait_for_percent(page, file.name, 60)
    wire.slow(STANDING)
    page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?"
    page.reload()
    uploading.expect_stage(page, file.name, "unfinished")
    kept = uploading.wait_for_percent(page, file.name, 10)  # the rest was under way in buffers
    wire.slow()
    uploading.drop(page, file)
    first = uploading.wait_for_percent(page, file.name, 1)
    assert first >= kept - 1, "it goes on from there, not from the start"
    expect(uploading.sheet(page, file.name)).to_have_count(1)
    wire.fast()
    expect(uploading.sheet(page, file.name)).to_have_attribute("data-stage", re.compile("processing|done"))
    assert uploading.digest(file) in uploading.stored_digests(running)


def test_leaving_in_the_middle_of_an_upload_asks_first(running, wire_to, page_for, big):
    file = big("Leaving.mp4")
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    uploading.open_page(page, running.cast.chemistry)
    wire.slow()
    uploading.choose(page, file)
    uploading.wait_for_percent(page, file.name, 5)
    wire.slow(STANDING)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/")
    assert asked == ["beforeunload"]


def test_a_lost_network_is_said_calmly_and_outlived(running, wire_to, page_for, big):
    file = big("Lost network.mp4")
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    uploading.open_page(page, running.cast.chemistry)
    wire.slow()
    uploading.choose(page, file)
    uploading.wait_for_percent(page, file.name, 25)
    wire.slow(STANDING)
    wire.cut()
    page.context.set_offline(True)
    uploading.expect_stage(page, file.name, "retrying")
    expect(uploading.sheet(page, file.name)).to_contain_text("what has arrived is safe")
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    wire.slow()
    wire.mend()
    back = uploading.wait_for_percent(page, file.name, 20)
    assert back >= 20, "it goes on with what had arrived"
    wire.fast()
    expect(uploading.sheet(page, file.name)).to_have_attribute("data-stage", re.compile("processing|done"))
    assert uploading.digest(file) in uploading.stored_digests(running)


def test_a_restart_of_the_server_in_the_middle_is_outlived(start_cathedra, wire_to, page_for, big):
    file = big("Restart.mp4")
    own = start_cathedra()
    with own.database():
        cast = make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    wire = wire_to(own)
    page = page_for(own, cast.alice, proxy=wire.proxy)
    uploading.open_page(page, cast.chemistry)
    wire.slow()
    uploading.choose(page, file)
    uploading.wait_for_percent(page, file.name, 30)
    wire.slow(STANDING)
    own.stop()
    uploading.expect_stage(page, file.name, "retrying")
    own.start_again()
    wire.fast()
    expect(uploading.sheet(page, file.name)).to_have_attribute("data-stage", re.compile("processing|done"))
    assert uploading.digest(file) in uploading.stored_digests(own)


def test_a_file_that_arrived_is_not_sent_again(running, page_for, lecture):
    file = lecture("Sent once.mp4", seconds=3)
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, file)
    expect(uploading.sheet(page, file.name)).to_have_attribute("data-stage", re.compile("processing|done"))
    uploading.open_page(page, running.cast.chemistry)
    uploading.drop(page, file)
    uploading.expect_stage(page, file.name, "duplicate")
    expect(uploading.sheet(page, file.name)).to_contain_text("You already uploaded this file")
    link = uploading.sheet(page, file.name).get_by_role("link", name="Open it")
    assert link.get_attribute("href").startswith("/recordings/")


def test_pause_resume_and_cancel_do_what_they_say(running, wire_to, page_for, big):
    file = big("Paused.mp4")
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    uploading.open_page(page, running.cast.chemistry)
    wire.slow()
    uploading.choose(page, file)
    uploading.wait_for_percent(page, file.name, 10)
    wire.slow(STANDING)
    sheet = uploading.sheet(page, file.name)
    sheet.get_by_role("button", name="Pause Paused.mp4").click()
    uploading.expect_stage(page, file.name, "paused")
    stopped = int(sheet.get_attribute("data-percent"))
    page.wait_for_timeout(800)
    assert int(sheet.get_attribute("data-percent")) == stopped
    wire.slow()
    sheet.get_by_role("button", name="Resume Paused.mp4").click()
    uploading.wait_for_percent(page, file.name, stopped + 5)
    wire.slow(STANDING)
    sheet.get_by_role("button", name="Cancel Paused.mp4").click()
    expect(sheet).to_contain_text("throw away")
    sheet.get_by_role("button", name="Throw it away").click()
    expect(sheet).to_have_count(0)
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Choose files").wait_for()
    page.wait_for_timeout(500)
    expect(uploading.sheet(page, file.name)).to_have_count(0)


def test_an_empty_file_is_refused_with_a_sentence(running, page_for, tmp_path):
    empty = tmp_path / "empty.mp4"
    empty.touch()
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    uploading.choose(page, empty)
    expect(uploading.sheet(page, "empty.mp4")).to_contain_text("This file is empty")


def test_a_refusal_of_the_server_is_shown_with_its_code(running, page_for, lecture):
    file = lecture("Signed out.mp4", seconds=2)
    page = page_for(running, running.cast.alice)
    uploading.open_page(page, running.cast.chemistry)
    page.context.clear_cookies()
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "refused")
    expect(uploading.sheet(page, file.name)).to_contain_text("SIGN_IN")


def test_the_same_file_from_two_windows_ends_in_one_of_them(running, wire_to, context_for, lecture):
    file = lecture("Two windows.mp4", seconds=60, size="320x180", rate="4M")
    wire = wire_to(running)
    context = context_for(running, running.cast.alice, proxy=wire.proxy)
    windows = [context.new_page(), context.new_page()]
    for window in windows:
        uploading.open_page(window, running.cast.chemistry)
    wire.slow(600_000)
    for window in windows:
        uploading.choose(window, file)
        uploading.wait_for_percent(window, file.name, 1)
    until = time.monotonic() + 180
    while time.monotonic() < until:
        stages = [uploading.sheet(window, file.name).get_attribute("data-stage") for window in windows]
        if "refused" in stages:
            break
        windows[0].wait_for_timeout(200)
    loser, winner = sorted(
        windows, key=lambda w: uploading.sheet(w, file.name).get_attribute("data-stage") != "refused"
    )
    expect(uploading.sheet(loser, file.name)).to_contain_text("sent from another window")
    wire.fast()
    expect(uploading.sheet(winner, file.name)).to_have_attribute("data-stage", re.compile("processing|done"))
    assert uploading.digest(file) in uploading.stored_digests(running)
