"""The page "Schedule": asked, refused at the field with nothing lost, done (T2, R15, R83 to R85, R151 to R155)."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from cathedra.db.models import Course, Folder, Recording, Schedule, StandingDeclaration, TermsAcceptance, UseDeclaration
from cathedra.db.reads.retention import calendar
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import policy as policy_writes
from cathedra.domain import policy
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.policies import activate
from tests.web.browsing import client, text
from tests.web.scheduling.rooms import coming, form, when

pytestmark = pytest.mark.slow
USE = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE), "version": "1"}


@pytest.fixture
def address(cast):
    return f"/folders/{cast.chemistry}/schedule/"


def summary(page: str) -> dict[str, str]:
    """What the summary of errors says, by the place that it leads to."""
    return dict(re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', page))


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', page)
    given = re.search(r'value="([^"]*)"', found[0]) if found else None
    return unescape(given[1]) if given else ""


def ticked(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="(\w+)" id="\w+" checked', page)


def test_r152_the_button_stands_for_whoever_has_both_rights(cast, room, address):
    link = f'href="{address}"'
    folder = f"/folders/{cast.chemistry}/"
    assert link in text(client(cast.alice).get(folder))
    access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CREATOR, now=timezone.now())
    assert link not in text(client(cast.eve).get(folder)), "she may schedule on no recorder"
    assert "There is no recorder you may schedule on" in text(client(cast.eve).get(address))
    for who in (cast.ben, cast.chloe):
        assert link not in text(client(who).get(folder))
        assert client(who).get(address).status_code == client(who).post(address, form(room)).status_code == 404
    assert client().get(address).status_code == 401
    assert client(cast.alice).get(f"/folders/{cast.alice}/schedule/").status_code == 404
    assert client(cast.alice).get(f"/folders/{cast.physics}/schedule/").status_code == 404


def test_the_recorders_stand_by_facility_and_only_those_one_may_schedule_on(cast, room, address):
    page = text(client(cast.alice).get(address))
    assert re.findall(r'name="recorders" value="(\d+)"', page) == [
        str(one) for one in (room.camera, room.first, room.second)
    ]
    assert 'role="group" aria-label="Lecture Block"' in page
    assert page.count("it keeps no main picture") == 1
    assert "Times are those of Europe/London." in page


def test_t2_it_is_scheduled_and_its_page_says_what_comes_next(cast, room, address):
    browser = client(cast.alice)
    answer = browser.post(address, form(room, recorders=[room.first, room.camera], presenter="chloe"))
    row = Recording.objects.get()
    assert answer["Location"] == f"/recordings/{row.id}/schedule/"
    assert (row.title, row.media_state, row.owner_id) == ("Entropy", "SCHEDULED", cast.chloe)
    kept = Schedule.objects.get()
    assert (kept.starts_at, kept.ends_at) == (when(coming(), 10), when(coming(), 11))
    page = text(browser.get(answer["Location"]))
    for said in (
        "It is scheduled.",
        "10:00 to 11:00",
        "Lecture Block, LB 1",
        "Lecture Block, Camera",
        "Chloe",
        "What comes next",
    ):
        assert said in page, said


def test_r84_r85_it_asks_what_it_is_for_and_refuses_what_does_not_fit(cast, room, address):
    activate(timezone.now())
    browser = client(cast.alice)
    page = text(browser.get(address))
    assert "What is it for?" in page
    assert f'<option value="{COURSE}">' in page
    answer = browser.post(address, form(room))
    assert (answer.status_code, summary(text(answer))) == (
        422, {"declaring": "Answer the three questions, and choose what kind of recording it is."},
    )  # fmt: skip
    answer = browser.post(address, form(room) | USE | {"category": "meeting"})
    assert (answer.status_code, list(summary(text(answer)))) == (422, ["declaring"])
    assert "Meetings cannot" in text(answer)
    assert 'value="meeting" data-rule="never" selected' in text(answer), "what was answered stands there still"
    assert Recording.objects.count() == 0
    assert browser.post(address, form(room) | USE).status_code == 302
    assert UseDeclaration.objects.get().recording_id == Recording.objects.get().id


def test_r83_the_last_answers_and_hours_stand_there_and_nothing_is_declared_by_looking(cast, room, address):
    activate(timezone.now())
    browser = client(cast.alice)
    browser.post(address, form(room, presenter="chloe") | USE)
    page = text(browser.get(address))
    assert "Is it the same kind as last time?" in page
    assert [value_of(page, name) for name in ("title", "day", "start", "end", "presenter")] == [
        "", "", "10:00", "11:00", "chloe",
    ]  # fmt: skip
    assert ticked(page, "recorders") == [str(room.first)]
    assert UseDeclaration.objects.count() == Schedule.objects.count() == 1
    again = text(browser.get(address, {"like": str(Recording.objects.get().id)}))
    assert value_of(again, "title") == "Entropy"
    assert value_of(text(browser.get(address, {"like": "x"})), "title") == ""


@pytest.fixture
def answered_for(cast):
    """Dev answers for what is recorded by schedule for the course of the folder, in the academic year to come."""
    now = timezone.now()
    activate(now)
    year = policy.academic_year_ending(calendar().year_end_after(when(coming(), 10)).day)
    Course.objects.filter(id=COURSE).update(academic_year=year)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    policy_writes.add_standing(COURSE, year, version=1, by=cast.dev, now=now)
    return year


def test_r83_where_somebody_answers_for_the_course_nothing_is_asked(cast, room, address, answered_for):
    browser = client(cast.alice)
    page = text(browser.get(address))
    assert f"Dev answers for what is recorded by schedule for CHEM1A: Chemistry in {answered_for}." in page
    assert "You have nothing to answer." in page
    assert "checked" not in page, "no answer is chosen"
    assert browser.post(address, form(room)).status_code == 302
    assert (Schedule.objects.count(), UseDeclaration.objects.count()) == (1, 0), "it is declared when it is ready"


def test_r83_r84_what_is_something_else_is_declared_and_other_years_are_asked_for(cast, room, address, answered_for):
    browser = client(cast.alice)
    half = text(browser.post(address, form(room, category="lecture")))
    assert list(summary(half)) == ["declaring"], "one answer says that it is something else"
    assert Schedule.objects.count() == 0
    browser.post(address, form(room) | USE)
    assert UseDeclaration.objects.count() == 1
    other = form(room, day=(coming() + timedelta(days=364)).isoformat())
    page = text(browser.post(address, other))
    assert list(summary(page)) == ["declaring"]
    assert "some of these times are in" in page
    assert browser.post(address, other | USE).status_code == 302
    StandingDeclaration.objects.update(withdrawn_at=timezone.now(), withdrawn_by_id=cast.dev)
    assert "You have nothing to answer" not in text(browser.get(address))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "id_title"),
        ({"day": ""}, "id_day"),
        ({"day": "9999-12-31"}, "id_day"),
        ({"start": "ten"}, "id_start"),
        ({"end": "09:00"}, "id_end"),
        ({"end": "19:00"}, "id_end"),
        ({"day": "2026-01-05"}, "id_day"),
        ({"recorders": []}, "id_recorders_0"),
        ({"recorders": [987654]}, "id_recorders_0"),
        ({"presenter": "nobody-of-this-name"}, "id_presenter"),
        ({"weekdays": [0]}, "id_until"),
        ({"until": (coming() - timedelta(days=1)).isoformat()}, "id_until"),
        ({"until": (coming() + timedelta(days=800)).isoformat()}, "id_until"),
    ],
)
def test_r151_r155_a_refusal_stands_at_its_field_takes_the_focus_and_loses_nothing(cast, room, address, changed, field):
    sent = form(room, title="Entropy & you", presenter="chloe") | changed
    answer = client(cast.alice).post(address, sent)
    page = text(answer)
    assert (answer.status_code, list(summary(page))) == (422, [field]), page
    assert "data-takes-focus" in page
    assert f'id="{field}"' in page, "the summary leads to what is there"
    for name in {"title", "day", "start", "end", "presenter"} - changed.keys():
        assert value_of(page, name) == sent[name]
    assert ticked(page, "recorders") == [str(one) for one in sent["recorders"] if one == room.first]
    assert Recording.objects.count() == 0


def test_r151_a_recorder_that_keeps_no_main_picture_is_refused_at_the_recorders(cast, room, address):
    answer = client(cast.alice).post(address, form(room, recorders=[room.camera]))
    assert summary(text(answer)) == {
        "id_recorders_0": "None of these recorders keeps the main picture and sound. Choose one that does as well."
    }


def test_r153_an_overlap_says_what_stands_there_and_offers_the_free_part_which_is_taken_only_when_asked(
    cast, room, address
):
    browser = client(cast.alice)
    browser.post(address, form(room, title="Heat", start="9:00", end="10:30"))
    answer = browser.post(address, form(room))
    page = unescape(text(answer))
    assert (answer.status_code, list(summary(page))) == (422, ["id_start"])
    assert "“Heat” is recorded here from" in page
    assert "Use the free part: 10:30 to 11:00" in page
    assert page.index("Schedule it") < page.index("takes_free_part"), "Enter presses the first button of a form"
    assert Schedule.objects.count() == 1
    assert browser.post(address, form(room, takes_free_part="1")).status_code == 302
    assert Schedule.objects.filter(starts_at=when(coming(), 10, 30), ends_at=when(coming(), 11)).exists()
    assert "takes_free_part" not in text(browser.post(address, form(room))), "nothing is left"


def test_r153_the_title_of_what_one_may_not_see_is_not_told(cast, room, address):
    access_writes.add_member(cast.physics, PrincipalId(cast.dev), FolderRole.CREATOR, now=timezone.now())
    client(cast.dev).post(f"/folders/{cast.physics}/schedule/", form(room, title="Quokka", end="10:30"))
    assert Recording.objects.get().title == "Quokka"
    page = text(client(cast.alice).post(address, form(room)))
    assert "Something else is recorded here from" in page
    assert "Quokka" not in page
    assert "Use the free part: 10:30 to 11:00" in page


def test_r155_a_series_says_how_many_there_are_and_their_first_and_last_day(cast, room, address):
    browser, until = client(cast.alice), coming() + timedelta(days=14)
    answer = browser.post(address, form(room, until=until.isoformat()))
    assert Schedule.objects.count() == 3
    assert len(set(Schedule.objects.values_list("series", flat=True))) == 1
    page = text(browser.get(answer["Location"]))
    assert "3 recordings are scheduled, from Mon" in page
    assert "2 others are to come" in page
    both = form(room, recorders=[room.second], until=until.isoformat(), weekdays=[0, 2])
    browser.post(address, both)
    assert Schedule.objects.count() == 8


def test_r153_r155_of_a_series_each_may_take_its_free_part_and_which_would_be_shorter_is_said(cast, room, address):
    browser, until = client(cast.alice), coming() + timedelta(days=14)
    browser.post(
        address, form(room, title="Heat", start="9:00", end="10:30", day=(coming() + timedelta(days=7)).isoformat())
    )
    answer = browser.post(address, form(room, until=until.isoformat()))
    page = text(answer)
    assert answer.status_code == 422
    assert "Use the free parts" in page
    assert len(re.findall(r"<li>Mon [^<]*, 10:30 to 11:00</li>", page)) == 1
    assert "<details open>" in page, "what was chosen of repeating is not hidden"
    assert browser.post(address, form(room, until=until.isoformat(), takes_free_part="1")).status_code == 302
    assert Schedule.objects.exclude(series=None).count() == 3
    browser.post(address, form(room, title="All", recorders=[room.second]))
    both = text(browser.post(address, form(room, recorders=[room.second], until=until.isoformat())))
    assert "takes_free_part" not in both, "of the first one nothing is left"


def test_r15_the_policy_is_read_first(cast, room, address):
    publish(AUP, now=timezone.now())
    TermsAcceptance.objects.filter(account_id=cast.alice, document="aup").delete()
    page = text(client(cast.alice).get(address))
    assert "I have read this: go on" in page
    assert 'name="day"' not in page
    answer = client(cast.alice).post(address, form(room))
    assert answer.status_code == 422
    assert Recording.objects.count() == 0


def test_r38_r152_who_runs_the_service_schedules_on_every_recorder_where_they_are_creators(cast, room, address, now):
    assert client(cast.dev).get(address).status_code == 404
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    assert client(cast.dev).get(address).status_code == 200
    answer = client(cast.dev).post(address, form(room))
    assert client(cast.dev).get(answer["Location"]).status_code == 200
