"""Staff pages of facilities: made, changed, peopled, and looked at with what is booked there (R25, R165, R169)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, Department, Facility, RecorderConnection
from cathedra.db.writes import library
from cathedra.web.scheduling import door, placing
from tests.db.reads.scheduling.test_schedules import add
from tests.db.writes.scheduling.test_schedules import make_recorders
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r165_the_service_makes_a_facility_and_names_its_people(cast):
    service = client(cast.dev)
    assert "There are no facilities yet" in text(service.get("/staff/facilities/"))
    chemistry = Department.objects.get(name="Chemistry").id
    made = service.post("/staff/facilities/new/", {"name": " Lecture  Block", "department": chemistry}, follow=True)
    assert "The facility is made" in text(made)
    assert "It has no recorders yet" in text(made)
    one = f"/staff/facilities/{Facility.objects.get().id}/"
    assert service.post("/staff/facilities/new/", {"name": "lecture block", "department": chemistry}).status_code == 422
    assert service.post("/staff/facilities/new/", {"name": "Old Hall", "department": "x"}).status_code == 422
    assert "1 person was named" in text(service.post(f"{one}schedulers/", {"people": "alice"}, follow=True))
    student = service.post(f"{one}schedulers/", {"people": "ben"})
    assert student.status_code == 422
    assert "not a member of staff" in text(student)
    assert "Nobody here is called: ghost." in text(service.post(f"{one}technicians/", {"people": "ghost"}))
    assert "1 person was named" in text(service.post(f"{one}technicians/", {"people": "ben"}, follow=True))
    assert [row.login_name for row in Facility.objects.get().technicians.all()] == ["ben"]
    assert "taken off" in text(service.post(f"{one}technicians/", {"remove": str(cast.ben)}, follow=True))
    assert service.post(f"{one}technicians/", {"remove": "x"}).status_code == 302
    assert not Facility.objects.get().technicians.exists()
    physics = library.add_department("Physics")
    assert service.post(f"{one}edit/", {"name": "", "department": physics}).status_code == 422
    assert "Saved" in text(service.post(f"{one}edit/", {"name": "Old Hall", "department": physics}, follow=True))
    assert "Old Hall" in text(service.get("/staff/facilities/", {"q": "hall PHYS"}))
    assert "No facility is found" in text(service.get("/staff/facilities/", {"q": "nowhere"}))
    for missing in ("", "edit/", "schedulers/", "technicians/"):
        assert service.get(f"/staff/facilities/99999/{missing}").status_code == 404
    assert service.get("/staff/facilities/").status_code == 200


@pytest.mark.slow
def test_r169_what_is_booked_in_the_next_two_weeks_is_shown_and_who_saw_it_is_on_the_trail(cast):
    now = timezone.now()
    first, _second = make_recorders(cast, now)
    soon, span = add(cast, (first,), now + timedelta(days=2), now)
    add(cast, (first,), now + timedelta(days=20), now)
    page = client(cast.dev).get(f"/staff/facilities/{Facility.objects.get().id}/")
    ((booked, when),) = page.context["bookings"]
    assert booked.recording_id == soon
    assert booked.title in text(page)
    assert when == placing.times(span, door.zone())
    assert when in text(page)
    noted = AuditEvent.objects.get(action="recording:look_up", facts__page="staff_facility")
    assert noted.facts["recordings"] == [str(soon)]


def test_r38_to_those_who_do_not_run_the_service_facilities_are_not_there(cast):
    make_recorders(cast, timezone.now())
    one = f"/staff/facilities/{Facility.objects.get().id}/"
    for who in (cast.alice, cast.chloe, cast.eve):  # its scheduler, its technician, a stranger
        assert client(who).get(one).status_code == 404
        assert client(who).get("/staff/facilities/").status_code == 404


@pytest.mark.slow
def test_r157_what_is_wrong_before_it_is_recorded_is_shown_without_its_title(cast):
    now = timezone.now()
    first, second = make_recorders(cast, now)
    add(cast, (first,), now + timedelta(days=2), now)
    add(cast, (second,), now + timedelta(days=9), now)
    address = f"/staff/facilities/{Facility.objects.get().id}/"
    page = client(cast.dev).get(address)
    assert [(one.trouble, one.at.recorder_id) for one, _wrong in page.context["troubles"]] == [("OFFLINE", first)]
    assert "Nothing is heard of the recorder." in text(page)
    assert "To see to before it is recorded" in text(page)
    told = {"token_digest": "0" * 64, "connected_at": now, "heard_at": timezone.now()}
    RecorderConnection.objects.create(recorder_id=first, **told)
    assert "To see to before it is recorded" not in text(client(cast.dev).get(address))
