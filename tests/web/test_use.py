"""The page of what a recording is for: what holds it, correcting, appealing; and the report (R84 to R92)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import policy as actions
from cathedra.actions.policy import ReviewWish
from cathedra.db.models import Folder, UseCase
from cathedra.db.reads import policy as reads
from cathedra.db.writes import policy as writes
from cathedra.domain.policy import Requirement, Verdict
from cathedra.domain.terms import Actor, Channel
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
FORM = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE), "version": "1"}


def test_r87_r85_what_is_undeclared_is_declared_and_let_go(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now, publication="DRAFT")
    writes.open_hold(made, "aup_undeclared", now=now)
    browser, address = client(cast.alice), f"/recordings/{made}/use/"
    assert address in text(browser.get(f"/recordings/{made}/")), "the way from its page"
    assert "Nobody has said yet what it is for" in text(browser.get(address))
    for form, said in (
        ({}, "Answer the three questions"),
        ({**FORM, "category": "meeting"}, "Meetings cannot be kept here (not permitted 4)."),
        ({**FORM, "q1": "no"}, "The streaming media service keeps recordings of other kinds."),
    ):
        answer = browser.post(address, form)
        assert (answer.status_code, said in text(answer)) == (422, True), form
    assert browser.post(address, FORM)["Location"] == address
    assert "Nothing holds it." in text(browser.get(address))
    for who in (cast.ben, cast.chloe, cast.eve):
        assert client(who).get(address).status_code == 404
        assert client(who).post(address, FORM).status_code == 404


def test_r16_r87_chosen_by_the_desk_as_well_its_owner_is_still_asked_and_the_desk_sees_what_holds_it(cast):
    now = timezone.now()
    activate(now)
    made, other = (lecture(cast.chemistry, cast.alice, now=now, title=title, publication="DRAFT") for title in "AB")
    for one in (made, other):
        writes.open_hold(one, "aup_undeclared", now=now)
    actions.look_again([made], why="A sample.", actor=Actor(cast.dev, Channel.WEB), now=now)
    browser, address, desk = client(cast.alice), f"/recordings/{made}/use/", client(cast.dev)
    page = text(browser.get(address))
    for said in ("Nobody has said yet what it is for", "The service team looks at it as well"):
        assert said in page, said
    case = f"/staff/cases/{reads.find_case(made).id}/"
    assert "on hold because nobody has said what it is for" in text(desk.get(case))
    listed = text(desk.get("/staff/cases/"))
    assert f'href="/staff/recordings/{other}/"' in listed, "held, and nobody looks at it yet"
    assert f'href="/staff/recordings/{made}/"' not in listed, "it is among the cases"
    assert browser.post(address, FORM)["Location"] == address
    assert "The service team decides whether it belongs here." in text(browser.get(address))
    assert "only you can watch it" not in text(browser.get(address))
    assert "on hold" not in text(desk.get(case))


def test_r90_r92_the_owner_sees_what_failed_until_when_and_appeals_once(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.chloe, now=now)  # its owner is no Creator where it lies
    actions.report_use(made, "Secret words of a reporter.", actor=Actor(cast.ben, Channel.WEB), now=now)
    refusal = ReviewWish(Verdict.NOT_PERMITTED, "It is a party.", frozenset({Requirement.EDUCATIONAL_CONTENT}))
    actions.decide_case(reads.find_case(made).id, refusal, actor=Actor(cast.dev, Channel.WEB), now=now)
    browser, address = client(cast.chloe), f"/recordings/{made}/use/"
    page = text(browser.get(address))
    for said in ("It does not fit the acceptable use policy", "It is a party.", "Does it directly support teaching"):
        assert said in page, said
    assert "Secret words" not in page, "R88"
    assert "Ben" not in page, "R88"
    assert browser.post(f"{address}appeal/", {"text": ""}).status_code == 422
    assert client(cast.alice).post(f"{address}appeal/", {"text": "x"}).status_code == 404, "only its owner"
    assert browser.post(f"{address}appeal/", {"text": "A practical class."})["Location"] == address
    page = text(browser.get(address))
    assert ("Your appeal is being decided" in page, "Your answers" in page) == (True, False), (
        "R92: nothing to correct now"
    )
    assert browser.post(f"{address}appeal/", {"text": "Again."}).status_code == 422
    UseCase.objects.update(state="refused", grace_until=now - timedelta(days=1))
    assert "Appeal once" not in text(browser.get(address))


def test_r88_whoever_watches_can_report(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    browser, address = client(cast.ben), f"/recordings/{made}/report/"
    assert address in text(browser.get(f"/recordings/{made}/"))
    assert address not in text(client(cast.alice).get(f"/recordings/{made}/")), "its owner has nothing to report"
    assert "The owner is not told who reported it." in text(browser.get(address))
    assert browser.post(address, {"text": ""}).status_code == 422
    assert browser.post(address, {"text": "A party."})["Location"] == f"/recordings/{made}/"
    assert [one.text for one in reads.list_reports(reads.find_case(made).id)] == ["A party."]
    assert client(cast.eve).get(address).status_code == 404
    Folder.objects.filter(id=cast.chemistry).update(sharing="public")
    assert client().get(address).status_code in (302, 401), "who is not signed in signs in first"
