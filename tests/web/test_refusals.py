"""The one table from a refusal to its answer."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cathedra.domain.access import Availability, RecordingEnd, RecordingStart, obstacle
from cathedra.domain.access import _refusals as refuse
from cathedra.domain.terms import Code, deny
from cathedra.web import refusals

NOW = datetime(2026, 11, 2, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
NEXT = re.compile(r"\b(Come back|Ask its owner|Restore it|has been told)\b")


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_status_of_its_kind(code):
    status = refusals.answer_for(code).status
    assert status == 200 if code is Code.ALLOW else 400 <= status < 600


def test_missing_and_forbidden_are_one_answer_r42():
    assert refusals.answer_for(Code.NOT_FOUND) == refusals.answer_for(Code.NO_PERMISSION)


@pytest.mark.parametrize("code", [code for code in Code if code is not Code.ALLOW])
def test_every_refusal_is_a_page_with_a_way_on(code, db):
    request = RequestFactory().get("/recordings/x/")
    request.user = AnonymousUser()
    answer = refusals.page(request, deny(code, "R41", "Because of {why}.", why="<b>rain</b>"))
    page = answer.content.decode()
    assert answer.status_code == refusals.answer_for(code).status
    assert "<h1>" in page
    assert ("Go to Home" in page) != (code is Code.SIGN_IN)
    assert "<b>rain</b>" not in page
    assert ("/account/hours/" in page) == (code is Code.LIMIT_REACHED)  # R108: what of theirs would free hours


@pytest.mark.parametrize("state", ["processing", "failed", "held", "archived", "restoring", "waiting", "rejected"])
def test_whoever_is_refused_by_a_state_is_told_what_to_do_next_r42(state):
    refused = refuse.by_state(state)
    assert refusals.answer_for(refused.code).way_on or NEXT.search(refused.reasons[0].sentence), state


@pytest.mark.parametrize("settings", [{"starts_at": LATER}, {"ends_at": EARLIER}, {"start": RecordingStart.NEVER}])
def test_whoever_is_refused_by_a_time_is_told_what_to_do_next_r42_r44(settings):
    start = RecordingStart.DATE if "starts_at" in settings else RecordingStart.WITH_FOLDER
    end = RecordingEnd.DATE if "ends_at" in settings else RecordingEnd.WITH_FOLDER
    times = Availability(**{"start": start, "end": end, **settings})
    refused = refuse.unavailable(obstacle(times, NOW), times)
    assert refusals.answer_for(refused.code).way_on or NEXT.search(refused.reasons[0].sentence), refused.code


def test_values_are_put_in_their_places_as_they_are():
    assert refusals.fill("{a} and {b}", {"a": "{b}", "b": 2}) == "{b} and 2"
    assert refusals.fill("“{name}” {missing}", {"name": "{0.__class__}"}) == "“{0.__class__}” {missing}"
    assert refusals.fill("", {}) == ""
