"""Staff pages of recorders: added, renamed, taken out of use and brought back (R151, R157)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import recorders
from cathedra.db.models import Facility, Recorder
from cathedra.domain.terms import Actor, Channel
from tests.db.reads.scheduling.test_schedules import add
from tests.db.writes.scheduling.test_schedules import make_recorders
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r157_a_recorder_for_which_something_waits_is_taken_out_of_use_only_even_so(cast):
    now = timezone.now()
    first, second = make_recorders(cast, now)
    add(cast, (first,), now + timedelta(days=2), now)
    service, one = client(cast.dev), f"/staff/recorders/{first}/"
    page = text(service.get(one))
    assert "Still to be recorded on it" in page
    assert "even so" in page
    refused = text(service.post(one, {"retire": "1"}, follow=True))
    assert "Still to be made on LB 1: 1" in refused
    assert Recorder.objects.get(id=first).retired_at is None
    assert "out of use" in text(service.post(one, {"retire": "1", "even_so": "1"}, follow=True))
    assert Recorder.objects.get(id=first).retired_at is not None
    assert "in use again" in text(service.post(one, {"bring_back": "1"}, follow=True))
    assert Recorder.objects.get(id=first).retired_at is None
    assert "even so" not in text(service.get(f"/staff/recorders/{second}/"))


@pytest.mark.slow
def test_r165_recorders_are_added_and_renamed_with_names_that_differ(cast):
    make_recorders(cast, timezone.now())
    service, facility = client(cast.dev), Facility.objects.get().id
    new = f"/staff/facilities/{facility}/recorders/new/"
    assert "The recorder is added" in text(service.post(new, {"name": "LB 3"}, follow=True))
    made = Recorder.objects.get(name="LB 3")
    assert not made.keeps_primary
    assert service.post(new, {"name": "lb 1"}).status_code == 422
    assert service.post(f"/staff/recorders/{made.id}/", {"name": "LB 2"}).status_code == 422
    assert "Saved" in text(service.post(f"/staff/recorders/{made.id}/", {"name": "Balcony"}, follow=True))
    for missing in ("/staff/recorders/99999/", "/staff/facilities/99999/recorders/new/"):
        assert service.get(missing).status_code == 404
        assert service.post(missing, {"name": "X"}).status_code == 404


@pytest.mark.slow
def test_r158_a_code_is_shown_once_connects_the_recorder_and_it_is_blocked_let_in_and_its_key_taken_back(cast):
    now = timezone.now()
    first, _second = make_recorders(cast, now)
    service, one = client(cast.dev), f"/staff/recorders/{first}/connection/"
    assert "Make a code, and give it to the recorder." in text(service.get(one))
    made = text(service.post(one, {"make": "1"}))
    code = re.search(r"data-code>([A-Z0-9-]+)<", made)[1]
    assert code not in text(service.get(one))
    who = Actor(None, Channel.RECORDER)
    connected = recorders.connect_recorder(code, version="agent 1", actor=who, now=now)
    assert isinstance(connected, recorders.ConnectedRecorder), connected
    assert "agent 1" in text(service.get(one))
    blocked = text(service.post(one, {"block": "1"}, follow=True))
    assert "Blocked" in blocked
    assert "Let it in again" in blocked
    assert "Let it in again" not in text(service.post(one, {"unblock": "1"}, follow=True))
    assert "Take its key back" not in text(service.post(one, {"revoke": "1"}, follow=True))
    assert recorders.find_by_token(connected.token) is None
    for who_else in (cast.alice, cast.ben):
        assert client(who_else).get(one).status_code == 404
