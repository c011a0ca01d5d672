"""A recorder records one thing at a time, whoever schedules at the same moment."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction

from cathedra.db.models import Department, Facility, Recorder, Recording, Schedule, ScheduleRecorder
from tests.overtaking import overtake

HOUR = timedelta(hours=1)


def facility(now, name="Lecture Block"):
    department, _ = Department.objects.get_or_create(name="Estates")
    return Facility.objects.create(name=name, department=department, created_at=now)


def recorder(now, name="LB 1", **more):
    room = Facility.objects.filter(name="Lecture Block").first() or facility(now)
    return Recorder.objects.create(facility=room, name=name, created_at=now, **more)


def schedule(cast, start, end):
    recording = Recording.objects.create(
        folder_id=cast.chemistry, owner_id=cast.alice, created_by_id=cast.alice, title="Lecture", origin="scheduled",
        media_state="SCHEDULED", created_at=cast.now, updated_at=cast.now,
    )  # fmt: skip
    return Schedule.objects.create(recording=recording, starts_at=start, ends_at=end, scheduled_by_id=cast.alice)


def book(one, device, **more):
    return ScheduleRecorder.objects.create(
        schedule=one, recorder=device, starts_at=one.starts_at, ends_at=one.ends_at, **more
    )


def test_r153_two_that_stand_never_overlap_on_one_recorder_and_back_to_back_they_may(cast, now):
    first, other = recorder(now), recorder(now, "LB 2")
    taken = schedule(cast, now, now + HOUR)
    book(taken, first)
    for start, end in (
        (now + timedelta(minutes=59), now + 2 * HOUR),
        (now - HOUR, now + timedelta(minutes=1)),
        (now - HOUR, now + 2 * HOUR),
        (now + timedelta(minutes=10), now + timedelta(minutes=11)),
    ):
        with pytest.raises(IntegrityError, match="schedule_recorder_alone"), transaction.atomic():
            book(schedule(cast, start, end), first)
    for start, end in ((now + HOUR, now + 2 * HOUR), (now - HOUR, now)):
        book(schedule(cast, start, end), first)
    book(schedule(cast, now, now + HOUR), other)


def test_r153_what_was_called_off_takes_no_time(cast, now):
    first = recorder(now)
    called_off = book(schedule(cast, now, now + HOUR), first, stands=False)
    book(schedule(cast, now, now + HOUR), first)
    with pytest.raises(IntegrityError, match="schedule_recorder_alone"), transaction.atomic():
        ScheduleRecorder.objects.filter(id=called_off.id).update(stands=True)


def test_r151_a_schedule_ends_later_than_it_starts_and_names_are_there(cast, now):
    first = recorder(now)
    with pytest.raises(IntegrityError, match="schedule_ends_later"), transaction.atomic():
        schedule(cast, now, now)
    one = schedule(cast, now, now + HOUR)
    with pytest.raises(IntegrityError, match="schedule_recorder_ends_later"), transaction.atomic():
        ScheduleRecorder.objects.create(schedule=one, recorder=first, starts_at=now, ends_at=now)
    with pytest.raises(IntegrityError, match="schedule_event"), transaction.atomic():
        Schedule.objects.filter(pk=one.pk).update(external_id="")
    with pytest.raises(IntegrityError, match="recorder_named"), transaction.atomic():
        recorder(now, "")
    with pytest.raises(IntegrityError, match="recorder_once"), transaction.atomic():
        recorder(now)
    with pytest.raises(IntegrityError, match="recorder_number_fits"), transaction.atomic():
        recorder(now, "Too many", id=90_000_001)
    with pytest.raises(IntegrityError, match="facility_named"), transaction.atomic():
        facility(now, "")


@pytest.mark.django_db(transaction=True)
def test_r153_of_two_who_take_the_same_time_at_once_one_gets_it(cast, now):
    first = recorder(now)
    ones = [schedule(cast, now, now + HOUR), schedule(cast, now + HOUR / 2, now + 2 * HOUR)]
    refused = []

    def take(one):
        try:
            with transaction.atomic():
                book(one, first)
        except (IntegrityError, OperationalError) as error:
            refused.append(str(error))

    overtake(lambda: take(ones[0]), lambda: take(ones[1]), table="cathedra_schedulerecorder")
    (why,) = refused  # each may have its row there before it looks for the other's, and waits for it: one is let go
    assert "schedule_recorder_alone" in why or "deadlock detected" in why
    assert ScheduleRecorder.objects.count() == 1
