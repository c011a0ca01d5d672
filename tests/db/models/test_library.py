"""What we hold: the constraints that `tests/db/writes/test_library.py` does not reach through a write."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Course, Department, Folder, Recording, Source, Stream
from cathedra.db.writes import library
from cathedra.domain.library import Origin
from tests.lectures import lecture


def test_names_are_not_empty_and_stand_once_in_their_folder(cast, now):
    library.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    for name in ("", "Week 1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            library.add_folder(name, kind="course", parent_id=cast.chemistry, now=now)
    assert Folder.objects.filter(name="Week 1").count() == 1


def test_a_course_has_a_kind_of_r3(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.create(
            external_id="x", short_name="x", full_name="x", kind="hobby", department=Department.objects.get()
        )


def test_a_source_has_its_own_place_and_a_stream_its_own_index(cast, now):
    recording = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    facts = {"recording_id": recording, "position": 0, "size_bytes": 1, "received_at": now}
    source = Source.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(**facts)
    picture = {"recording_id": recording, "source": source, "role": "PRIMARY", "source_index": 0, "duration_ms": 1}
    Stream.objects.create(**picture)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stream.objects.create(**picture)
    assert Recording.objects.get(id=recording).dropped == []


def test_settings_of_sharing_and_availability_are_whole_r28_r34_r44_r47_r49(cast, now):
    """Whatever the tables would let stand against a rule is refused, and what the rules allow is kept."""
    week = library.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    own = library.add_folder("Ben's folder", kind="personal", owner_id=cast.ben, now=now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    later = now + timedelta(hours=1)
    folder = {
        "R28: a level where access is inherited": (week, {"sharing": "organisation"}),
        "R34: a personal folder is not shared": (own, {"sharing": "organisation"}),
        "R31: an unknown level": (cast.chemistry, {"sharing": "friends"}),
        "R44: a date without an instant": (cast.chemistry, {"start": "date"}),
        "R44: an instant without a date": (cast.chemistry, {"start": "immediately", "starts_at": now}),
        "R44: an instant where nothing is set": (cast.chemistry, {"ends_at": now}),
        "R44: a recording's word on a folder": (cast.chemistry, {"start": "with_folder"}),
        "R47: an end that is not after the start": (
            cast.chemistry,
            {"start": "date", "starts_at": now, "end": "date", "ends_at": now},
        ),
        "R49: more than a week": (cast.chemistry, {"release_delay_hours": 169}),
    }
    recording = {
        "R44: a folder's word on a recording": {"start": "when_approved"},
        "R44: a date without an instant": {"end": "date"},
        "R47: an end before the start": {"start": "date", "starts_at": later, "end": "date", "ends_at": now},
        "R67: returned without a reason": {"approval": "rejected", "approval_at": now},
        "R74: a step without when": {"approval": "approved"},
        "R204: more open than any folder": {"downloads": "viewers"},
        "R140: a copy that is none": {"reference_of_id": made},
    }
    kept = [rule for rule, (one, change) in folder.items() if is_kept(Folder.objects.filter(id=one), change)]
    kept += [rule for rule, change in recording.items() if is_kept(Recording.objects.filter(id=made), change)]
    assert kept == []
    Folder.objects.filter(id=week).update(start="date", starts_at=now, end="date", ends_at=later, downloads="nobody")
    Recording.objects.filter(id=made).update(start="never", sharing="public", approval="withdrawn", approval_at=now)
    Recording.objects.filter(id=made).update(downloads="creators")


def is_kept(rows, change):
    try:
        with transaction.atomic():
            rows.update(**change)
    except IntegrityError:
        return False
    return True
