"""Where the staff pages of facilities and recorders are."""

from django.urls import reverse


def test_facilities_and_recorders_have_addresses_below_staff():
    assert reverse("staff_facility", args=[7]) == "/staff/facilities/7/"
    assert reverse("staff_facility_technicians", kwargs={"facility_id": 7}) == "/staff/facilities/7/technicians/"
    assert reverse("staff_recorder_connection", args=[3]) == "/staff/recorders/3/connection/"
