"""Class 35: every address of the API is paced for each person (R227), and nobody's haste slows anybody else."""

import pytest
from django.db import transaction

from cathedra.web import api
from tests.web.security.router import every_route
from tests.web.security.world import undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OPEN = ("api/", "api/openapi.json")


def test_class_35_r227_every_endpoint_of_the_api_is_paced(world, monkeypatch):
    """Counted as full for everybody, each endpoint says 429 before it does anything, whatever the method."""
    monkeypatch.setattr(api.pace.Pace, "seconds_to_wait", lambda *_, **__: 7.0)
    wrong = []
    for route in (route for route in every_route() if route.is_api and route.path not in OPEN):
        for method in route.operations:
            answer = world.ask("creator", method, route.address(world.home), route.asked(method, world.home))
            if answer.status_code != 429 or answer.get("Retry-After") != "7":
                wrong.append(f"{method} {route.path}: {answer.status_code}")
    assert wrong == []


def test_class_35_one_persons_haste_is_nobody_elses(world):
    api.PACE.forget()
    with undone(), transaction.atomic():
        told = [world.browsers["creator"].get("/api/me").status_code for _ in range(20)]
        assert 429 in told
        assert world.browsers["viewer"].get("/api/me").status_code == 200
        assert world.browsers["anonymous"].get("/api/me").status_code == 401
    api.PACE.forget()
