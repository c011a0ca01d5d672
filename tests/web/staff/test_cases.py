"""The policy desk: the queue, one case, decisions, the second consent (R89 to R92)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import policy as actions
from cathedra.db.models import CreatorSuspension, Hold, UseDeclaration
from cathedra.db.reads import policy as reads
from cathedra.db.writes import library, people
from cathedra.domain.library import CourseKind
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.policy import Answer, Requirement
from cathedra.domain.terms import Actor, Channel
from tests.actions.policy.test_suspend import breach
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def reported(cast, now, owner=None, title="Entropy"):
    made = lecture(cast.chemistry, owner or cast.alice, title=title, now=now)
    actions.report_use(made, "A <b>party</b>.", actor=Actor(cast.ben, Channel.WEB), now=now)
    return made, f"/staff/cases/{reads.find_case(made).id}/"


def test_r89_r88_the_desk_lists_decides_and_names_reporters_to_itself_alone(cast):
    now = timezone.now()
    activate(now)
    browser = client(cast.dev)
    assert "Nothing waits for a decision" in text(browser.get("/staff/cases/"))
    made, address = reported(cast, now)
    assert "1 recording waits for a decision" in text(browser.get("/staff/"))
    assert address in text(browser.get("/staff/cases/"))
    page = text(browser.get(address))
    for said in ("A &lt;b&gt;party&lt;/b&gt;.", "Ben", "Reported by somebody who can watch it"):
        assert said in page, said
    for form in (
        {},
        {"verdict": "NOT_PERMITTED", "reason": "It is a party."},  # no requirement named
        {"verdict": "NOT_PERMITTED", "reason": "", "q2": "on"},
        {"verdict": "EXEMPT", "reason": "For now."},  # no last day
        {"verdict": "REFERRED", "reason": "x"},
    ):
        answer = browser.post(address, form)
        assert (answer.status_code, "Does it directly support teaching" in text(answer)) == (422, True), form
    done = browser.post(address, {"verdict": "NOT_PERMITTED", "reason": "It is a party.", "q2": "on"})
    assert done["Location"] == address
    assert [hold.kind for hold in Hold.objects.filter(recording_id=made)] == ["aup_not_permitted"]
    page = text(browser.get(address))
    for said in ("It is a party.", "Not met", "The owner was told."):
        assert said in page, said
    assert "Refused, in their days of grace" in text(browser.get("/staff/cases/"))
    for who in (cast.alice, cast.ben, cast.chloe):
        assert [client(who).get(one).status_code for one in ("/staff/cases/", address)] == [404, 404]
    assert browser.get(f"/staff/cases/{made}/").status_code == 404


def test_r89_a_second_administrator_agrees_and_nobody_decides_about_their_own(cast):
    now = timezone.now()
    activate(now)
    gus = people.add_account(
        "gus", full_name="Gus", email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=now
    )
    people.give_system_role(gus, SystemRole.SERVICE_ADMIN, reason="runs the service", now=now)
    first, second = client(cast.dev), client(gus)
    made, address = reported(cast, now)
    until = (now + timedelta(days=20)).date().isoformat()
    first.post(address, {"verdict": "EXEMPT", "reason": "For the jubilee.", "exempt_until": until})
    assert "A second service administrator has to agree." in text(first.get(address))
    assert "Agree to the exemption" in text(second.get(address))
    first.post(f"{address}consent/")
    assert reads.find_case(made) is not None, "not by whoever proposed it"
    second.post(f"{address}consent/")
    assert (reads.find_case(made), reads.find_use_verdict(made, now)) == (None, "EXEMPT")
    own, address = reported(cast, now, owner=cast.dev, title="Mine")
    page = text(first.get(address))
    assert ("This recording is yours" in page, "party" in page) == (True, False), "R88: whoever owns it meets no report"
    assert first.post(address, {"verdict": "PERMITTED", "reason": "Mine."}).status_code == 422
    assert second.post(address, {"verdict": "PERMITTED", "reason": "Fine."}).status_code == 302
    assert reads.find_case(own) is None


def test_r91_the_page_offers_to_suspend_after_the_third_breach_and_to_give_it_back(cast, now):
    case, _later = breach(cast, timezone.now() - timedelta(days=30), times=3)
    dev, address = client(cast.dev), f"/staff/cases/{case}/"
    page = text(dev.get(address))
    assert ("Suspend making recordings in personal folders" in page, "Give the right back" in page) == (True, False)
    assert client(cast.alice).post(f"{address}suspend/", {"reason": "x"}).status_code == 404
    assert "Say why: they are told." in text(dev.post(f"{address}suspend/", {"reason": ""}, follow=True))
    page = text(dev.post(f"{address}suspend/", {"reason": "<b>Three times.</b>"}, follow=True))
    assert ("&lt;b&gt;Three times." in page, "Give the right back" in page) == (True, True)
    assert CreatorSuspension.objects.get().account_id == cast.alice
    api = f"/api/staff/cases/{case}/suspension"
    assert client(cast.alice).delete(api).status_code == 404
    assert (dev.delete(api).status_code, dev.delete(api).status_code) == (204, 409)
    body = {"reason": "Again."}
    assert dev.put(api, body, content_type="application/json").status_code == 204
    assert dev.put(api, body, content_type="application/json").status_code == 409
    page = text(dev.post(f"{address}suspend/", {"end": "1"}, follow=True))
    assert "Suspend making recordings in personal folders" in page
    assert CreatorSuspension.objects.filter(ended_at=None).count() == 0


def test_r77_r78_the_desk_sees_what_the_rule_asks_for_the_course_and_whether_it_is_relevant_to_that(cast):
    now = timezone.now()
    activate(now)
    made, address = reported(cast, now)
    course = library.add_course(
        "chem-ib", short_name="CHEM IB", full_name="Chemistry", kind=CourseKind.AWARD,
        department_id=library.add_department("Dyes"), academic_year="2026-27",
    )  # fmt: skip
    yes = dict.fromkeys(Requirement, Answer.YES)
    row = {"account_id": cast.alice, "recording_id": made, "policy_id": 1, "verdict": "REFERRED", "at": now}
    browser = client(cast.dev)
    assert "None was named" not in text(browser.get(address)), "nothing was declared"
    answers = dict(zip(("q1", "q2", "q3"), yes.values(), strict=True))
    UseDeclaration.objects.create(**row, **answers, category="conference_event", course_kind="none", relevance="unsure")
    page = text(browser.get(address))
    assert "None was named · not sure whether it is directly relevant" in page
    assert "under version 1 of the policy" in page
    UseDeclaration.objects.create(
        **row, **answers, category="conference_event", course_kind="award", course_id=course, relevance="yes"
    )
    assert "CHEM IB: Chemistry · declared directly relevant" in text(browser.get(address))


def test_r90_r92_who_refused_it_is_not_offered_the_appeal_and_nothing_says_that_it_goes_while_it_stays(cast):
    now = timezone.now()
    activate(now)
    people.give_system_role(cast.eve, SystemRole.SERVICE_ADMIN, reason="reviews", now=now)
    made, address = reported(cast, now)
    dev, eve, alice = client(cast.dev), client(cast.eve), client(cast.alice)
    dev.post(address, {"verdict": "NOT_PERMITTED", "reason": "It is a party.", "q2": "on"})
    going, decides = "To the bin after", 'name="verdict"'
    assert going in text(dev.get(address))
    bar = text(alice.get(f"/recordings/{made}/"))
    assert ("In the bin after" in bar, "Live until" in bar) == (True, False)
    alice.post(f"/recordings/{made}/use/appeal/", {"text": "It is a practical class."})
    page = text(dev.get(address))
    assert (decides in page, going in page, "somebody else has to decide the appeal" in page) == (False, False, True)
    assert decides in text(eve.get(address))
    eve.post(address, {"verdict": "PERMITTED", "reason": "It is a practical class."})
    assert going not in text(dev.get(address))
    bar = text(alice.get(f"/recordings/{made}/"))
    assert ("Permitted" in bar, "In the bin after" in bar, "Live until" in bar) == (True, False, True)
