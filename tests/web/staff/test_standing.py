"""Staff page of standing declarations: schedulers and the service give and withdraw them (R83)."""

import pytest
from django.utils import timezone

from cathedra.db.models import Folder, StandingDeclaration
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole
from tests.conftest import COURSE
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
PAGE = "/staff/standing/"


@pytest.fixture
def scheduler(cast):
    """Chloe schedules for Part IA, which is of the course."""
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    people.give_system_role(
        cast.chloe, SystemRole.SCHEDULER, reason="lectures", now=timezone.now(), scopes=[cast.chemistry]
    )
    return client(cast.chloe)


def test_r83_a_scheduler_answers_for_their_course_and_withdraws_it(cast, scheduler):
    assert "No version of the acceptable use policy is in force" in text(scheduler.get(PAGE))
    activate(timezone.now())
    assert PAGE in scheduler.get("/staff/").content.decode(), "in the navigation"
    page = text(scheduler.get(PAGE))
    assert "CHEM1A: Chemistry (2026-27)" in page
    assert "No course is answered for" in page
    answer = scheduler.post(PAGE, {"course": str(COURSE)})
    assert (answer.status_code, "Confirm that what is recorded" in text(answer)) == (422, True)
    assert scheduler.post(PAGE, {"course": str(COURSE), "confirms": "on"})["Location"] == PAGE
    page = text(scheduler.get(PAGE))
    assert "given by Chloe on" in page
    assert "under version 1 of the policy" in page
    row = StandingDeclaration.objects.get()
    assert scheduler.post(f"{PAGE}{row.id}/withdraw/")["Location"] == PAGE
    assert "withdrawn by Chloe on" in text(scheduler.get(PAGE))


def test_r83_a_scheduler_of_other_folders_sees_and_withdraws_nothing(cast, scheduler):
    activate(timezone.now())
    scheduler.post(PAGE, {"course": str(COURSE), "confirms": "on"})
    row = StandingDeclaration.objects.get()
    people.give_system_role(cast.alice, SystemRole.SCHEDULER, reason="x", now=timezone.now(), scopes=[cast.physics])
    other = client(cast.alice)
    page = text(other.get(PAGE))
    assert "CHEM1A" not in page
    assert "You are appointed to no folder" in page
    assert other.post(f"{PAGE}{row.id}/withdraw/").status_code == 404
    assert other.post(PAGE, {"course": str(COURSE), "confirms": "on"}).status_code == 422
    assert client(cast.dev).post(f"{PAGE}{row.id}/withdraw/")["Location"] == PAGE
    for who in (cast.ben, cast.eve):
        assert client(who).get(PAGE).status_code == 404
