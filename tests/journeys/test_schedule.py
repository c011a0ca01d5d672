"""A lecturer schedules in a room by keyboard alone: a weekly lecture, an overlap and its free part, another time, those that
follow called off; and without JavaScript (R83, R84, R151 to R155, T2 to T4)."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cathedra.db.models import Schedule, UseDeclaration
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from tests.conftest import COURSE
from tests.journeys.keys import tab_to
from tests.journeys.looking import problems_of
from tests.web.scheduling.rooms import coming, make_room, when


@pytest.fixture(scope="module")
def room(running):
    """Where Alice may schedule."""
    with running.database():
        return make_room(running.cast.alice, now=timezone.now())


@pytest.fixture
def folder(running, room, request):
    """Alice's, in which nobody has declared anything yet."""
    with running.database():
        name, parent = request.node.name, running.cast.chemistry
        return library.add_folder(name, kind=FolderKind.COURSE, parent_id=parent, now=timezone.now())


@pytest.fixture
def alice(running, page_for):
    return page_for(running, running.cast.alice)


def type_day(page: Page, label: str, day: date) -> None:
    """As this browser has its parts of a day: months first."""
    tab_to(page, label)
    page.keyboard.type(day.strftime("%m%d%Y"))
    expect(page.get_by_label(label, exact=True)).to_have_value(day.isoformat())


def type_time(page: Page, label: str, clock: str) -> None:
    """As this browser has its parts of a time: of twelve hours."""
    tab_to(page, label)
    page.keyboard.type(time.fromisoformat(clock).strftime("%I%M%p"))
    expect(page.get_by_label(label)).to_have_value(clock)


def declare(page: Page) -> None:
    for _question in range(3):
        tab_to(page, "input yes")
        page.keyboard.press("Space")
    tab_to(page, "What kind of recording")
    page.keyboard.type("A lecture")
    tab_to(page, "For which course")
    page.keyboard.type("CHEM1A")


def press(page: Page, words: str) -> None:
    tab_to(page, words, presses=90)
    page.keyboard.press("Enter")


def test_r151_to_r155_a_weekly_lecture_its_overlap_another_time_and_calling_off_by_keyboard_alone(
    running, folder, alice
):
    problems = []
    page = alice
    page.goto(f"/folders/{folder}/")
    press(page, "a Schedule")
    page.get_by_role("heading", name="Schedule", exact=True).wait_for()
    problems += problems_of(page, "schedule-empty", turn=0)
    tab_to(page, "Title")
    page.keyboard.type("Entropy")
    type_day(page, "Day", coming())
    type_time(page, "Starts", "10:00")
    type_time(page, "Ends", "11:00")
    tab_to(page, "LB 1")
    page.keyboard.press("Space")
    press(page, "Repeat it every week")
    type_day(page, "Last day (optional)", coming() + timedelta(weeks=3))
    expect(page.get_by_text("4 recordings, from Mon")).to_be_visible()
    declare(page)
    press(page, "That is right: schedule it")
    expect(page.get_by_text("4 recordings are scheduled, from Mon")).to_be_visible()
    expect(page.get_by_text("What comes next")).to_be_visible()
    problems += problems_of(page, "schedule-done", turn=1)
    with running.database():
        assert UseDeclaration.objects.filter(course_id=COURSE, recording__title="Entropy").count() == 4

    page.goto(f"/folders/{folder}/schedule/")
    expect(page.get_by_role("heading", name="Is it the same kind as last time?")).to_be_visible()
    tab_to(page, "Title")
    page.keyboard.type("Heat")
    type_day(page, "Day", coming())
    type_time(page, "Starts", "10:30")
    type_time(page, "Ends", "12:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("“Entropy” is recorded here from")
    expect(page.get_by_label("Title")).to_have_value("Heat")
    problems += problems_of(page, "schedule-overlap", turn=0)
    press(page, "Use the free part: 11:00 to 12:00")
    expect(page.get_by_text("It is scheduled.")).to_be_visible()
    with running.database():
        heat = Schedule.objects.get(recording__title="Heat")
        assert (heat.starts_at, heat.ends_at) == (when(coming(), 11), when(coming(), 12))

    press(page, "Change the time")
    page.get_by_role("heading", name="Change the time").wait_for()
    problems += problems_of(page, "schedule-move", turn=1)
    expect(page.get_by_text("“Heat” is scheduled for Mon")).to_be_visible()
    type_time(page, "Starts", "14:00")
    type_time(page, "Ends", "15:00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is put to Mon")).to_be_visible()

    page.goto(f"/folders/{folder}/schedules/")
    problems += problems_of(page, "schedule-list", turn=0)
    for _ in range(3):
        tab_to(page, "a Entropy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recordings/*/schedule/")
    press(page, "Call it off")
    page.wait_for_url("**/call-off/")
    tab_to(page, "This one only")
    page.keyboard.press("ArrowDown")
    problems += problems_of(page, "schedule-call-off", turn=1)
    press(page, "button Call it off")
    expect(page.get_by_text("2 recordings are called off")).to_be_visible()
    problems += problems_of(page, "schedule-called-off", turn=0)
    with running.database():
        rows = Schedule.objects.filter(recording__title="Entropy").order_by("starts_at")
        assert list(rows.values_list("recording__media_state", flat=True)) == [
            "SCHEDULED", "SCHEDULED", "CANCELLED", "CANCELLED",
        ]  # fmt: skip
        first = rows[0].recording_id
    page.goto(f"/recordings/{first}/")
    expect(page.get_by_role("heading", name="Scheduled")).to_be_visible()
    problems += problems_of(page, "schedule-recording", turn=1)
    for query in ("", "?past=1"):
        page.goto(f"/schedules/{query}")
        problems += problems_of(page, f"schedule-own{query[1:5]}", turn=0)
    assert not problems, "\n".join(problems)


def test_without_javascript_it_is_scheduled_just_so(running, folder, page_for):
    page = page_for(running, running.cast.alice, java_script_enabled=False)
    page.goto(f"/folders/{folder}/schedule/")
    page.get_by_label("Title").fill("Without a script")
    page.get_by_label("Day", exact=True).fill((coming() + timedelta(days=2)).isoformat())
    page.get_by_label("Starts").fill("10:00")
    page.get_by_label("Ends").fill("09:00")
    page.get_by_label("LB 2").check()
    for question in ("q1", "q2", "q3"):
        page.locator(f"[name={question}][value=yes]").first.check(force=True)
    page.locator("[name=category]").select_option("lecture", force=True)
    page.get_by_role("button", name="That is right: schedule it").click()
    expect(page.get_by_role("alert")).to_contain_text("It would end before it starts")
    expect(page.get_by_label("LB 2")).to_be_checked()
    page.get_by_label("Ends").fill("11:00")
    page.get_by_role("button", name="That is right: schedule it").click()
    expect(page.get_by_text("It is scheduled.")).to_be_visible()
    expect(page.get_by_text("Lecture Block, LB 2")).to_be_visible()
