"""Class 35: every address of the API is paced for each person (R227), and nobody's haste slows anybody else."""

import pytest
from django.db import transaction

from cathedra.web import api
from cathedra.web.api import pace
from tests.web.security.router import every_route
from tests.web.security.world import undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OPEN = ("api/", "api/openapi.json")
RECORDERS = "api/recorder/"  # each recorder's own pace: tests/web/api/test_recorders.py


def test_class_35_r227_every_endpoint_of_the_api_is_paced(world, site_says):
    """Where one request an hour is let through, and it was, each endpoint says 429 before it does anything, whatever the
    method."""
    wrong = []
    with site_says(API_PER_HOUR="1"):
        for route in (route for route in every_route() if route.is_api and route.path not in OPEN):
            if route.path.startswith(RECORDERS) and route.path != "api/recorder/connect":
                continue
            for method in route.operations:
                address = route.address(world.home)
                endpoint = f"{method} {address.partition('?')[0]}"
                api.PACE.forget()
                api.PACE.seconds_to_wait(str(world.people["creator"]), endpoint, now=pace.instant())
                answer = world.ask("creator", method, address, route.asked(method, world.home), is_paced=True)
                if answer.status_code != 429 or not 1 <= int(answer.get("Retry-After", 0)) <= 3600:
                    wrong.append(f"{method} {route.path}: {answer.status_code}")
    api.PACE.forget()
    assert wrong == []


def test_class_35_one_persons_haste_is_nobody_elses(world, site_says):
    api.PACE.forget()
    with undone(), transaction.atomic(), site_says(API_PER_SECOND="0", API_PER_HOUR="3"):
        told = [world.browsers["creator"].get("/api/me").status_code for _ in range(4)]
        assert told[-1] == 429
        assert world.browsers["viewer"].get("/api/me").status_code == 200
        assert world.browsers["anonymous"].get("/api/me").status_code == 401
    api.PACE.forget()
