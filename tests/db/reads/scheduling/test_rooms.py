"""Facilities and recorders as they are kept, chosen and looked at (R152, R165, R169)."""

from datetime import timedelta

import pytest

from cathedra.db.models import Department, Facility, Recording
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import Span
from tests.db.reads.scheduling.test_schedules import add
from tests.db.writes.scheduling.test_schedules import HOUR, make_recorders


def test_facilities_are_found_by_name_and_department_page_by_page_with_what_waits_there(cast, now):
    first, second = make_recorders(cast, now)
    department = Department.objects.get(name="Chemistry").id
    for name in ("annexe", "Old Hall"):
        writes.add_facility(name, department_id=department, now=now)
    add(cast, (first, second), now + HOUR, now)
    add(cast, (first,), now - 2 * HOUR, now)  # over
    called_off, _span = add(cast, (second,), now, now)
    writes.release([called_off])
    missed, _span = add(cast, (second,), now + 5 * HOUR, now)
    Recording.objects.filter(id=missed).update(media_state="CANCELLED")
    page = reads.list_facilities(limit=2, now=now)
    assert [row.name for row in page.rows] == ["annexe", "Lecture Block"]
    block = page.rows[1]
    assert (block.recorders, block.schedulers, block.waiting, block.next_at) == (2, 1, 1, now + HOUR)
    assert (page.rows[0].recorders, page.rows[0].waiting, page.rows[0].next_at) == (0, 0, None)
    assert [row.name for row in reads.list_facilities(limit=2, after=page.after, now=now).rows] == ["Old Hall"]
    assert [row.name for row in reads.list_facilities(search="lect chem", limit=9, now=now).rows] == ["Lecture Block"]
    assert [row.name for row in reads.list_facilities(kept_by=cast.alice, limit=9, now=now).rows] == ["Lecture Block"]
    assert reads.list_facilities(search="physics", limit=9, now=now).rows == ()
    found = reads.get_facility(block.id, now=now)
    assert [(one.name, one.waiting) for one in found.recorders] == [("LB 1", 1), ("LB 2", 1)]
    assert [one.id for one in found.schedulers] == [cast.alice]
    assert [one.id for one in found.technicians] == [cast.chloe]
    with pytest.raises(reads.FacilityNotFound):
        reads.get_facility(99_999, now=now)


def test_r169_the_host_sees_every_slot_and_the_titles_of_what_they_may_see(cast, now):
    first, second = make_recorders(cast, now)
    facility = Facility.objects.get().id
    seen, span = add(cast, (first,), now + HOUR, now)
    add(cast, (second,), now + HOUR, now)
    add(cast, (first,), now + timedelta(days=20), now)
    called_off, _span = add(cast, (first,), now + 3 * HOUR, now)
    writes.release([called_off])
    week = Span(now, now + timedelta(days=7))

    def shown(viewer):
        return [(one.recorder, one.recording_id) for one in reads.list_bookings(facility, week, viewer=viewer, now=now)]

    whole = reads.list_bookings(facility, week, viewer=cast.alice, now=now)
    assert [(one.span, one.recorder) for one in whole] == [(span, "LB 1"), (span, "LB 2")]
    assert whole[0].recording_id == seen
    assert whole[0].title == Recording.objects.get(id=seen).title
    assert shown(cast.eve) == [("LB 1", None), ("LB 2", None)]
    assert {one.title for one in reads.list_bookings(facility, week, viewer=cast.eve, now=now)} == {None}
    assert shown(None) == [("LB 1", None), ("LB 2", None)]


def test_what_waits_on_a_recorder_is_in_order_and_its_recorder_is_kept(cast, now):
    first, _second = make_recorders(cast, now)
    spans = [add(cast, (first,), now + hours * HOUR, now)[1] for hours in (4, 2, -3)]
    assert reads.list_waiting(first, now=now) == (spans[1], spans[0])
    with transaction():
        row = reads.lock_recorder(first, now=now)
    assert (row.name, row.waiting, row.retired_at) == ("LB 1", 2, None)
    for missing in (reads.get_recorder, reads.lock_recorder):
        with pytest.raises(reads.RecorderNotFound), transaction():
            missing(99_999, now=now)


def test_names_are_taken_whatever_their_case_but_not_by_the_thing_itself(cast, now):
    first, _second = make_recorders(cast, now)
    facility = Facility.objects.get().id
    assert reads.is_facility_called("lecture BLOCK")
    assert not reads.is_facility_called("lecture BLOCK", besides=facility)
    assert not reads.is_facility_called("Old Hall")
    assert reads.is_recorder_called(facility, "lb 1")
    assert not reads.is_recorder_called(facility, "lb 1", besides=first)
    assert reads.has_department(Department.objects.get(name="Chemistry").id)
    assert not reads.has_department(cast.alice)
    assert [(one.login_name, one.is_staff) for one in reads.room_people([cast.alice])] == [("alice", True)]
