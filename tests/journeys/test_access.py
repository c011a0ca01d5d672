"""Who may watch: signed in with a role, and only for as long as that lasts."""

import itertools
import time

import pytest
from playwright.sync_api import expect

from tests.journeys import watching
from tests.journeys.conftest import keep_picture, sign_in

BOUND_S = 5


@pytest.fixture(scope="package")
def long_lecture(running, lecture, send):
    """A quarter of an hour in a folder of its own, so that a role can be taken away without harm to other journeys."""
    from cathedra.db.writes import access, library
    from cathedra.domain.access import FolderRole
    from cathedra.domain.library import FolderKind
    from cathedra.domain.terms import PrincipalId

    with running.database():
        folder = library.add_folder("Revision", kind=FolderKind.COURSE, now=running.cast.now)
        access.add_member(folder, PrincipalId(running.cast.alice), FolderRole.CREATOR, now=running.cast.now)
        access.add_member(folder, PrincipalId(running.cast.ben), FolderRole.VIEWER, now=running.cast.now)
    file = lecture("A quarter of an hour.mp4", seconds=900, size="320x180", rate="60k", frames=5)
    return folder, send(folder, file)


def test_somebody_not_signed_in_is_asked_to_and_then_is_where_they_wanted_to_be(running, page_for, long_lecture):
    _, recording_id = long_lecture
    page = page_for(running)
    answer = page.goto(f"/recordings/{recording_id}/")
    assert answer.status == 401
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to go on")
    assert "A quarter of an hour" not in page.content()
    keep_picture(page, "refused-anonymous")
    page.get_by_role("link", name="Sign in").first.click()
    sign_in(page, "ben")
    page.wait_for_url(f"**/recordings/{recording_id}/")
    page.locator(".player").wait_for()


def test_a_student_of_another_course_sees_the_neutral_page(running, page_for, long_lecture):
    _, recording_id = long_lecture
    page = page_for(running, running.cast.eve)
    answer = page.goto(f"/recordings/{recording_id}/")
    assert answer.status == 404
    assert "A quarter of an hour" not in page.content()
    there_is = page.locator("main").inner_text()
    page.goto("/recordings/00000000-0000-4000-8000-000000000000/")
    assert page.locator("main").inner_text() == there_is, "forbidden and missing look the same"
    keep_picture(page, "refused-neutral")


def hear_what_is_served(page) -> list[float]:
    """When each piece was asked for that this page was given, from now on, as it comes."""
    asked: list[float] = []

    def hear(answer) -> None:
        if "/stream/" in answer.url and answer.status in (200, 206):
            asked.append(answer.request.timing["startTime"] / 1000)

    page.on("response", hear)
    return asked


def seek_until_refused(page) -> None:
    """From place to place, each of which asks for a segment that is not here yet. However long it takes: what is looked at
    is what was asked for too late and sent all the same."""
    places = itertools.cycle(range(80, 900, 80))

    def is_refused() -> bool:
        watching.seek(page, next(places))
        page.wait_for_timeout(600)
        return page.locator(".player").get_attribute("data-state") == "refused"

    watching.wait_until(page, is_refused, "a refusal", seconds=120)


def test_a_role_taken_away_while_playing_stops_the_next_segment_within_five_seconds(running, page_for, long_lecture):
    from cathedra.db.writes import access
    from cathedra.domain.access import FolderRole
    from cathedra.domain.terms import PrincipalId

    folder, recording_id = long_lecture
    page = page_for(running, running.cast.ben)
    watching.open_recording(page, recording_id)
    watching.play(page)
    served = hear_what_is_served(page)
    with running.database():
        access.remove_member(folder, PrincipalId(running.cast.ben), FolderRole.VIEWER)
    try:
        taken_at = time.time()
        seek_until_refused(page)
        assert page.locator(".player").get_attribute("data-code") == "NO_PERMISSION"
        assert [late for asked_at in served if (late := asked_at - taken_at) > BOUND_S] == []
        expect(page.locator(".player-wall")).to_contain_text("There is nothing here, or you may not see it.")
        buffered = "() => [...document.querySelectorAll('.player-picture')].map((video) => video.buffered.length)"
        assert page.evaluate(buffered) == [0], "nothing of it is left to be played"
        keep_picture(page, "watch-refused")
    finally:
        with running.database():
            access.add_member(folder, PrincipalId(running.cast.ben), FolderRole.VIEWER, now=running.cast.now)


def test_r148_r149_a_grant_plays_its_use_stands_for_the_owner_and_its_end_stops_the_player(
    running, page_for, long_lecture
):
    """From the owner's notice to the player that stops, by pages: the service administrator ends it while it plays."""
    from django.utils import timezone

    from tests.giving import somebody, told

    _, recording_id = long_lecture
    with running.database():
        morgan, now = somebody("morgan.grant", now=running.cast.now), timezone.now()
        made = told(morgan, running.cast.dev, now=now, recordings=[recording_id])
    page = page_for(running, morgan)
    watching.open_recording(page, recording_id)
    expect(page.locator("main")).to_contain_text("under an access grant")
    watching.play(page)
    served = hear_what_is_served(page)
    owner = page_for(running, running.cast.alice)
    owner.goto("/account/grants/")
    expect(owner.locator("main")).to_contain_text("Watched")
    admin = page_for(running, running.cast.dev)
    admin.goto(f"/staff/grants/{made}/")
    expect(admin.locator("main")).to_contain_text("was given access to “A quarter of an hour")
    admin.get_by_role("button", name="End the access").click()
    expect(admin.locator("main")).to_contain_text("Ended early")
    ended_at = time.time()
    seek_until_refused(page)
    assert page.locator(".player").get_attribute("data-code") == "NO_PERMISSION"
    assert [late for asked_at in served if (late := asked_at - ended_at) > BOUND_S] == []
    owner.reload()
    expect(owner.locator("main")).to_contain_text("Ended early")


def test_a_lost_network_lets_the_buffer_play_on_and_playing_recovers(running, wire_to, page_for, long_lecture):
    _, recording_id = long_lecture
    wire = wire_to(running)
    page = page_for(running, running.cast.alice, proxy=wire.proxy)
    watching.open_recording(page, recording_id)
    watching.play(page)
    page.wait_for_function(
        "() => { const v = document.querySelector('.player-picture'); return v.buffered.end(0) > v.currentTime + 10; }"
    )
    wire.cut()
    page.context.set_offline(True)
    expect(page.locator(".player-notice[data-kind=network]")).to_contain_text("The network is away")
    watching.expect_moving(page)
    keep_picture(page, "watch-offline")
    watching.seek(page, 200)
    page.wait_for_timeout(2500)
    page.context.set_offline(False)
    wire.mend()
    expect(page.locator(".player-notice[data-kind=network]")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('.player-picture').currentTime > 201")
