"""What the owner, Creators and others are told of a hold, and what nobody but the service is (R130, N17)."""

import pytest
from django.utils import timezone

from cathedra.actions import policy as actions
from cathedra.domain.policy import HoldKind, HoldWish
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture
from tests.policies import POLICY, activate
from tests.web.browsing import client, text


@pytest.mark.slow
def test_n17_its_owner_reads_what_is_for_them_with_whom_to_ask_and_nobody_reads_the_reason(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    wish = HoldWish(HoldKind.TAKEDOWN, "SECRET", told="Replace slide 3.")
    found = actions.open_hold(made, wish, actor=Actor(cast.dev, Channel.WEB), now=now)
    pages = (f"/recordings/{made}/", f"/recordings/{made}/keeping/", f"/recordings/{made}/use/")
    for page in pages:
        shown = text(client(cast.alice).get(page))
        for said in ("Replace slide 3.", "Somebody has asked for it to be taken down.", POLICY.contact):
            assert said in shown, (page, said)
        assert "SECRET" not in shown, page
        assert "Nothing holds it" not in shown, page
    shown = text(client(cast.ben).get(f"/recordings/{made}/"))
    assert "This recording is on hold" in shown
    for hidden in ("Replace slide 3.", "SECRET", "Somebody has asked"):
        assert hidden not in shown, hidden
    shown = text(client(cast.chloe).get(f"/recordings/{made}/keeping/"))
    assert "Replace slide 3." not in shown, "a Publisher is not told (N17)"
    reason = "It is not ours."
    actions.decide_takedown(found.hold_id, reason=reason, actor=Actor(cast.dev, Channel.WEB), now=now)
    shown = text(client(cast.alice).get(f"/recordings/{made}/keeping/"))
    assert ("It is decided that it is taken down after" in shown, reason in shown) == (True, True)
    actions.release_hold(found.hold_id, reason="SECRET", actor=Actor(cast.dev, Channel.WEB), now=now)
    for page in pages:
        shown = text(client(cast.alice).get(page))
        assert ("on hold since" in shown, "SECRET" in shown) == (False, False), page


@pytest.mark.slow
def test_r223_the_owner_reads_in_the_history_that_it_was_held_and_not_why_the_service_says(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.alice, now=now)
    wish = HoldWish(HoldKind.LEGAL, "SECRET", told="Ask us.", reference="C-17")
    found = actions.open_hold(made, wish, actor=Actor(cast.dev, Channel.WEB), now=now)
    actions.release_hold(found.hold_id, reason="SECRET", actor=Actor(cast.dev, Channel.WEB), now=now)
    for address in (f"/recordings/{made}/history/", f"/api/recordings/{made}/history"):
        shown = text(client(cast.alice).get(address))
        assert ("Put on hold" in shown, "Hold released" in shown) == (True, True), address
        assert ("SECRET" in shown, "C-17" in shown) == (False, False), address
    assert "SECRET" in text(client(cast.dev).get("/staff/audit/"))
