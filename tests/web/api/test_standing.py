"""Standing declarations by the API, under the same rules as the pages (R83, R227)."""

import uuid

import pytest
from django.utils import timezone

from cathedra.db.models import StandingDeclaration
from tests.conftest import COURSE
from tests.policies import activate
from tests.web.browsing import client

pytestmark = pytest.mark.slow
ADDRESS = "/api/staff/standing"


def post(who, address, body=None):
    return client(who).post(address, body or {}, content_type="application/json")


def test_r227_give_list_withdraw(cast):
    activate(timezone.now())
    for who in (cast.alice, cast.ben):
        assert client(who).get(ADDRESS).status_code == 404
        assert post(who, ADDRESS, {"course": str(COURSE), "confirms": True}).status_code == 404
    assert post(cast.dev, ADDRESS, {"course": str(COURSE)}).json()["rule"] == "R83"
    assert post(cast.dev, ADDRESS, {"course": str(uuid.uuid4()), "confirms": True}).status_code == 404
    assert post(cast.dev, ADDRESS, {"course": str(COURSE), "confirms": True}).status_code == 204
    (row,) = client(cast.dev).get(ADDRESS).json()
    assert (row["course"], row["academic_year"], row["given_by"]) == ("CHEM1A: Chemistry", "2026-27", "Dev")
    address = f"{ADDRESS}/{row['id']}/withdraw"
    assert post(cast.alice, address).status_code == 404
    assert post(cast.dev, address).status_code == 204
    assert post(cast.dev, address).status_code == 409
    assert post(cast.dev, f"{ADDRESS}/{uuid.uuid4()}/withdraw").status_code == 404
    assert StandingDeclaration.objects.get().withdrawn_by_id == cast.dev
