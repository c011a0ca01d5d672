"""Staff pages of holds: opened from a recording's page, listed, released, taken down; for the service alone (R130, T29)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import policy as actions
from cathedra.db.models import AuditEvent, Hold, Recording
from cathedra.domain.policy import HoldKind, HoldWish
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def held(cast, now, kind=HoldKind.TAKEDOWN, **more):
    made = lecture(cast.chemistry, cast.alice, now=now)
    found = actions.open_hold(made, HoldWish(kind, "A claim.", **more), actor=Actor(cast.dev, Channel.WEB), now=now)
    return made, f"/staff/holds/{found.hold_id}/"


def state(made) -> str:
    return Recording.objects.values_list("keeping", flat=True).get(id=made)


def test_r130_t27_t28_a_hold_is_opened_from_the_page_of_the_recording_listed_and_released(cast):
    now = timezone.now()
    made, browser = lecture(cast.chemistry, cast.alice, now=now), client(cast.dev)
    assert "Nothing is on hold" in text(browser.get("/staff/holds/"))
    opening = f"/staff/recordings/{made}/hold/"
    assert opening in text(browser.get(f"/staff/recordings/{made}/"))
    yesterday = (timezone.localtime(now).date() - timedelta(days=1)).isoformat()
    for form in (
        {},
        {"kind": "legal", "reason": ""},
        {"kind": "aup_referred", "reason": "x"},
        {"kind": "legal", "reason": "x", "review_on": yesterday},
    ):
        assert browser.post(opening, form).status_code == 422, form
    assert Hold.objects.count() == 0
    given = {"kind": "legal", "reason": "A <b>claim</b>.", "told": "Write to legal.", "reference": "C-17"}
    page = browser.post(opening, given)["Location"]
    listed = text(browser.get("/staff/holds/"))
    for said in ("A &lt;b&gt;claim&lt;/b&gt;.", "Legal matter", "C-17", "By Dev", page):
        assert said in listed, said
    assert page in text(browser.get(f"/staff/recordings/{made}/"))
    assert AuditEvent.objects.filter(action="recording:look_up", facts__page="staff_holds").count() == 1, "R223"
    assert "Take it down" not in text(browser.get(page)), "a legal matter keeps it"
    assert browser.post(f"{page}takedown/", {"removal-reason": "x"}).status_code == 422
    assert browser.post(f"{page}release/", {"release-reason": ""}).status_code == 422
    assert browser.post(f"{page}release/", {"release-reason": "Settled."})["Location"] == page
    assert "Settled." in text(browser.get(page))
    assert browser.post(f"{page}release/", {"release-reason": "Again."}).status_code == 422
    assert "Nothing is on hold" in text(browser.get("/staff/holds/"))
    missing = f"/staff/recordings/{cast.dev}/hold/"
    gone = [browser.get(one).status_code for one in (f"/staff/holds/{made}/", missing)]
    assert [*gone, browser.post(f"/staff/holds/{made}/release/", {"release-reason": "x"}).status_code] == [404] * 3


def test_r38_the_pages_are_not_there_for_anybody_else(cast):
    now = timezone.now()
    made, page = held(cast, now)
    for who in (cast.alice, cast.ben, cast.chloe):
        asked = [client(who).get(one).status_code for one in ("/staff/holds/", page, f"/staff/recordings/{made}/hold/")]
        sent = [client(who).post(page + verb).status_code for verb in ("release/", "takedown/")]
        assert asked + sent == [404] * 5, who
    assert "Put it on hold" not in text(client(cast.alice).get(f"/recordings/{made}/"))


def test_t29_n19_what_is_to_be_taken_down_says_when_and_a_legal_order_names_the_hours_and_goes_at_once(cast):
    now = timezone.now()
    made, page = held(cast, now)
    browser = client(cast.dev)
    assert "cannot be undone" not in text(browser.get(page)), "no legal order"
    assert browser.post(f"{page}takedown/", {"removal-reason": ""}).status_code == 422
    assert browser.post(f"{page}takedown/", {"removal-reason": "It is not ours."})["Location"] == page
    assert "It goes to the bin after" in text(browser.get(page))
    assert "Taken down after" in text(browser.get("/staff/holds/"))
    assert browser.post(f"{page}takedown/", {"removal-reason": "Again."}).status_code == 422
    assert state(made) == "ONLINE"
    ordered, page = held(cast, now, HoldKind.TAKEDOWN_LEGAL)
    Recording.objects.filter(id=ordered).update(duration_ms=7_200_000)
    assert "This frees 2.0 stored hours and cannot be undone." in text(browser.get(page))
    browser.post(f"{page}takedown/", {"removal-reason": "The court says so.", "removal-at_once": "on"})
    assert state(ordered) == "PURGED"


def test_r130_the_start_page_names_holds_whose_day_has_come(cast):
    now = timezone.now()
    made, _page = held(cast, now, review_on=timezone.localtime(now).date() + timedelta(days=1))
    browser = client(cast.dev)
    assert "to be looked at again" not in text(browser.get("/staff/"))
    Hold.objects.filter(recording_id=made).update(review_on=timezone.localtime(now).date())
    assert "1 hold is to be looked at again" in text(browser.get("/staff/"))
    assert "To be looked at since" in text(browser.get("/staff/holds/"))


def test_r89_whoever_owns_it_is_offered_neither(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.dev, now=now)
    wish = HoldWish(HoldKind.TAKEDOWN, "A claim.")
    found = actions.open_hold(made, wish, actor=Actor(cast.dev, Channel.WEB), now=now)
    page = text(client(cast.dev).get(f"/staff/holds/{found.hold_id}/"))
    assert ("somebody else has to decide" in page, "Release the hold" in page, "Take it down" in page) == (
        True,
        False,
        False,
    )
