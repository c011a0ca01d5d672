"""Who comes into the staff area (R25, R38): the anonymous sign in, nobody else without a system role finds anything."""

import pytest

from cathedra.db.writes import people as writes
from cathedra.domain.people import MAY_ENTER, StaffArea, SystemRole
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r38_to_everybody_without_a_system_role_the_staff_area_does_not_exist(cast):
    assert client().get("/staff/")["Location"] == "/account/login/?next=/staff/"
    for who in (cast.alice, cast.ben, cast.chloe, cast.eve):
        answer, missing = client(who).get("/staff/"), client(who).get("/no-such-place/")
        assert answer.status_code == missing.status_code == 404
        shown, other = text(answer), text(missing)
        assert "Staff" not in shown.split("<main")[0]
        assert shown.split("<main")[1].split("<footer")[0] == other.split("<main")[1].split("<footer")[0]


@pytest.mark.slow
def test_r25_each_system_role_finds_its_own_pages(cast, now):
    for role in SystemRole:
        writes.give_system_role(cast.eve, role, reason="to try it", now=now)
        answer = client(cast.eve).get("/staff/")
        assert answer.status_code == 200, role
        listed = {page.area for page in answer.context["staff_pages"]}
        assert listed == {area for area in StaffArea if role in MAY_ENTER[area]}, role
        writes.take_system_role(cast.eve, role)
