"""Uploads as seen by their sender, by others, and by the product itself."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from cathedra.db.models import Recording, Source, Upload
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library
from cathedra.domain.ingest import UploadKind, UploadState
from cathedra.domain.library import Keeping, Origin
from cathedra.domain.terms import UploadId, UploadNotFound


def recording(cast, now, folder=None):
    return library.add_recording(
        folder or cast.chemistry,
        title="Tides",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.UPLOAD,
        now=now,
    )


@pytest.fixture
def add(cast, now):
    def add(**changes):
        set_to = {key: changes.pop(key) for key in ("state", "offset_bytes") if key in changes}
        new = writes.NewUpload(
            account_id=cast.alice,
            recording_id=None,
            position=0,
            kind=UploadKind.WHOLE,
            original_name="tides.mp4",
            fingerprint="f1",
            metadata="filename dGlkZXM=",
            length_bytes=100,
            expires_at=now + timedelta(hours=72),
        )
        upload_id = writes.add_upload(replace(new, **changes), now=now)
        Upload.objects.filter(id=upload_id).update(**set_to)
        return upload_id

    return add


def test_facts_say_whose_it_is(cast, add):
    upload_id = add()
    assert reads.upload_facts(cast.alice, upload_id).is_mine
    assert not reads.upload_facts(cast.ben, upload_id).is_mine
    assert not reads.upload_facts(None, upload_id).is_mine
    assert reads.upload_facts(cast.alice, upload_id, lock=True).length_bytes == 100


def test_a_missing_upload_is_not_found(cast, add):
    missing = UploadId(uuid.uuid4())
    with pytest.raises(UploadNotFound):
        reads.upload_facts(cast.alice, missing)
    with pytest.raises(UploadNotFound):
        reads.list_upload_facts(cast.alice, [add(), missing])


def test_several_come_in_the_order_asked(cast, add):
    ids = [add() for _ in range(5)]
    for order in (ids, ids[::-1]):
        assert [facts.id for facts in reads.list_upload_facts(cast.alice, order)] == order


def test_open_uploads_reserve_what_they_lack(add):
    assert reads.reserved_bytes() == 0
    add(offset_bytes=30)
    add(kind=UploadKind.PARTIAL)
    add(state=UploadState.COMPLETE, offset_bytes=100)
    add(state=UploadState.TERMINATED)
    assert reads.reserved_bytes() == 170


def test_parts_are_for_people_who_may_create_somewhere(cast):
    assert reads.may_create_anywhere(cast.alice)
    for somebody in (cast.ben, cast.chloe, cast.dev, None):  # Chloe publishes: that is not creating (R20)
        assert not reads.may_create_anywhere(somebody)


def test_positions_are_taken_by_sources_and_by_open_uploads(cast, add, now):
    recording_id = recording(cast, now)
    assert reads.taken_positions(recording_id) == frozenset()
    first = add(recording_id=recording_id)
    assert reads.taken_positions(recording_id) == {0}
    writes.end([first], sources=(UploadState.OPEN,), to=UploadState.COMPLETE, now=now)
    writes.add_source(first, now=now)
    add(recording_id=recording_id, position=1, state=UploadState.EXPIRED)
    assert reads.taken_positions(recording_id) == {0}
    add(recording_id=recording_id, position=1)
    assert reads.taken_positions(recording_id) == {0, 1}


def test_only_recordings_online_take_more_files(cast, now):
    recording_id = recording(cast, now)
    assert reads.is_kept_online(recording_id)
    Recording.objects.filter(id=recording_id).update(keeping=Keeping.RECYCLED)
    assert not reads.is_kept_online(recording_id)


def test_the_same_parts_are_found_again(cast, add):
    parts = (add(kind=UploadKind.PARTIAL), add(kind=UploadKind.PARTIAL))
    assert reads.find_joined(cast.alice, parts) is None
    joined = add(kind=UploadKind.FINAL, parts=parts)
    assert reads.find_joined(cast.alice, parts) == joined
    assert reads.find_joined(cast.alice, parts[::-1]) is None
    assert reads.find_joined(cast.ben, parts) is None


def test_the_unfinished_are_the_viewers_own(cast, add, now):
    first = add(recording_id=recording(cast, now), offset_bytes=10)
    add(state=UploadState.COMPLETE, offset_bytes=100)
    add(kind=UploadKind.PARTIAL)
    add(account_id=cast.eve)
    rows = reads.list_unfinished(cast.alice, now=now)
    assert [(row.id, row.recording_title, row.folder_id) for row in rows] == [(first, "Tides", cast.chemistry)]
    assert reads.list_unfinished(cast.alice, now=now + timedelta(hours=72)) == []
    assert reads.list_unfinished(cast.ben, now=now) == []


def test_a_file_dropped_twice_is_found_by_its_fingerprint_folder_and_length(cast, add, now):
    upload_id = add(recording_id=recording(cast, now), offset_bytes=10)
    ask = {"folder_id": cast.chemistry, "length_bytes": 100, "now": now}
    assert reads.find_upload(cast.alice, "f1", **ask).id == upload_id
    assert reads.find_upload(cast.alice, "f1", now=now).offset_bytes == 10
    for other in ({"folder_id": cast.physics}, {"length_bytes": 99}, {"now": now + timedelta(hours=72)}):
        assert reads.find_upload(cast.alice, "f1", **(ask | other)) is None
    assert reads.find_upload(cast.alice, "f2", **ask) is None
    assert reads.find_upload(cast.alice, "", **ask) is None
    assert reads.find_upload(cast.ben, "f1", **ask) is None


def test_one_that_can_go_on_is_preferred_to_one_that_arrived(cast, add, now):
    arrived = recording(cast, now)
    add(recording_id=arrived, state=UploadState.COMPLETE, offset_bytes=100)
    assert reads.find_upload(cast.alice, "f1", now=now).state is UploadState.COMPLETE
    waiting = add(recording_id=recording(cast, now))
    assert reads.find_upload(cast.alice, "f1", now=now).id == waiting
    Upload.objects.filter(id=waiting).delete()
    Recording.objects.filter(id=arrived).update(keeping=Keeping.RECYCLED)
    assert reads.find_upload(cast.alice, "f1", now=now) is None


def test_the_expired_are_open_or_unjoined(add, now):
    late = {"expires_at": now}
    expected = {add(**late), add(**late, kind=UploadKind.PARTIAL, state=UploadState.COMPLETE, offset_bytes=100)}
    add(**late, state=UploadState.COMPLETE, offset_bytes=100)
    add(**late, state=UploadState.EXPIRED)
    add()
    assert set(reads.list_expired(now)) == expected
    assert len(reads.list_expired(now, limit=1)) == 1


def test_wanted_files_are_those_something_still_needs(cast, add, now):
    recording_id = recording(cast, now)
    going_on = add()
    part = add(kind=UploadKind.PARTIAL, state=UploadState.COMPLETE, offset_bytes=100)
    source = add(recording_id=recording_id, state=UploadState.COMPLETE, offset_bytes=100)
    writes.add_source(source, now=now)
    stored = add(recording_id=recording_id, position=1, state=UploadState.COMPLETE, offset_bytes=100)
    writes.add_source(stored, now=now)
    Source.objects.filter(id=stored).update(object_key="originals/x")
    orphan = add(state=UploadState.COMPLETE, offset_bytes=100)
    ended = add(state=UploadState.TERMINATED)
    asked = [going_on, part, source, stored, orphan, ended, UploadId(uuid.uuid4())]
    assert reads.list_wanted(asked) == {going_on, part, source}
    assert reads.list_wanted([]) == frozenset()
