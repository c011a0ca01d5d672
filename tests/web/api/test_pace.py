"""R227: how often one client may ask."""

import json

from cathedra import config
from cathedra.web import api
from cathedra.web.api import pace
from tests.web.browsing import client


def counter():
    return pace.Pace(lambda: ((5, 1), (100, 60)))


def test_five_a_second_pass_and_the_sixth_waits_for_the_next_second():
    asked = counter()
    assert [asked.seconds_to_wait("a", "x", now=10.2) for _ in range(5)] == [0] * 5
    assert round(asked.seconds_to_wait("a", "x", now=10.2), 3) == 0.8
    assert asked.seconds_to_wait("a", "x", now=11.0) == 0


def test_clients_and_addresses_are_counted_apart():
    asked = counter()
    for _ in range(5):
        asked.seconds_to_wait("a", "x", now=10)
    assert asked.seconds_to_wait("b", "x", now=10) == 0
    assert asked.seconds_to_wait("a", "y", now=10) == 0


def test_a_refused_request_is_not_counted():
    asked = counter()
    for second in range(60, 120):
        for _ in range(2):
            asked.seconds_to_wait("a", "x", now=second)
    assert asked.seconds_to_wait("a", "x", now=119) == 1  # 100 in this minute
    assert asked.seconds_to_wait("a", "x", now=120) == 0


def test_clients_unheard_of_are_forgotten():
    asked = counter()
    for place in range(pace.CLIENTS + 10):
        asked.seconds_to_wait(str(place), "x", now=10)
    assert len(asked._counts) == pace.CLIENTS


def test_a_limit_of_nought_is_none():
    assert pace.limits(config.Api()) == ((5, 1), (100, 60), (5000, 3600))
    assert pace.limits(config.Api(per_second=0, per_hour=0)) == ((100, 60),)


def test_too_many_requests_are_told_when_to_come_back(cast, site_says):
    """In an hour, which a machine that is slow does not outlive as it does a second."""
    browser = client(cast.alice)
    api.PACE.forget()
    with site_says(API_PER_SECOND="0", API_PER_MINUTE="0", API_PER_HOUR="3"):
        answers = [browser.get("/api/me") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[3]["Retry-After"]) >= 1
        assert json.loads(answers[3].content)["code"] == "TOO_MANY_REQUESTS"
        api.PACE.forget()
        assert browser.get("/api/me").status_code == 200
    api.PACE.forget()
