"""Every change of an upload is a compare-and-set: the second of two finds its place taken."""

import uuid
from datetime import timedelta

import pytest

from cathedra.db.models import Recording, Source, Upload
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library
from cathedra.domain import ingest
from cathedra.domain.ingest import CaptureStep, UploadKind, UploadState
from cathedra.domain.library import Keeping, MediaState, Origin

LATER = timedelta(hours=1)


@pytest.fixture
def recording(cast, now):
    return library.add_recording(
        cast.chemistry,
        title="Tides",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.UPLOAD,
        now=now,
    )


def add(cast, now, recording_id=None, position=0, kind=UploadKind.WHOLE):
    new = writes.NewUpload(
        account_id=cast.alice,
        recording_id=recording_id,
        position=position,
        kind=kind,
        original_name="tides.mp4",
        fingerprint="",
        metadata="",
        length_bytes=100,
        expires_at=now + LATER,
    )
    return writes.add_upload(new, now=now)


def advance(upload_id, lease, from_bytes, to_bytes, now):
    return writes.advance(
        upload_id,
        lease=lease,
        from_bytes=from_bytes,
        to_bytes=to_bytes,
        lease_until=now + LATER,
        expires_at=now + 2 * LATER,
        now=now,
    )


def test_only_the_holder_of_the_lease_counts_bytes(cast, now):
    upload_id, mine, other = add(cast, now), uuid.uuid4(), uuid.uuid4()
    assert writes.claim(upload_id, at_bytes=0, lease=mine, until=now + LATER)
    assert not advance(upload_id, other, 0, 10, now)
    assert advance(upload_id, mine, 0, 10, now)
    assert not advance(upload_id, mine, 0, 10, now)  # the same bytes are not counted twice
    row = Upload.objects.get(id=upload_id)
    assert (row.offset_bytes, row.expires_at) == (10, now + 2 * LATER)


def test_a_lease_is_given_at_the_right_offset_only_and_replaces_an_older_one(cast, now):
    upload_id, first, second = add(cast, now), uuid.uuid4(), uuid.uuid4()
    assert not writes.claim(upload_id, at_bytes=1, lease=first, until=now + LATER)
    assert writes.claim(upload_id, at_bytes=0, lease=first, until=now + LATER)
    assert writes.claim(upload_id, at_bytes=0, lease=second, until=now + LATER)
    assert not advance(upload_id, first, 0, 10, now)
    assert not writes.release(upload_id, lease=first)
    assert writes.release(upload_id, lease=second)
    assert Upload.objects.get(id=upload_id).lease is None


@pytest.mark.parametrize("state", [UploadState.COMPLETE, UploadState.TERMINATED, UploadState.EXPIRED])
def test_nothing_is_added_to_an_upload_that_ended(cast, now, state):
    upload_id, lease = add(cast, now), uuid.uuid4()
    assert writes.claim(upload_id, at_bytes=0, lease=lease, until=now + LATER)
    assert writes.end([upload_id], sources=(UploadState.OPEN,), to=state, now=now) == [upload_id]
    assert not advance(upload_id, lease, 0, 10, now)
    assert not writes.claim(upload_id, at_bytes=0, lease=lease, until=now + LATER)
    assert writes.end([upload_id], sources=(UploadState.OPEN,), to=UploadState.EXPIRED, now=now) == []


def test_a_join_is_counted_once_and_only_for_a_final_upload(cast, now):
    final, whole = add(cast, now, kind=UploadKind.FINAL), add(cast, now)
    assert writes.set_joined(final, now=now)
    assert not writes.set_joined(whole, now=now)
    assert Upload.objects.get(id=final).offset_bytes == 100
    writes.end([final], sources=(UploadState.OPEN,), to=UploadState.COMPLETE, now=now)
    assert not writes.set_joined(final, now=now)


def test_a_source_has_the_uploads_id_and_its_place_once(cast, now, recording):
    first, again = add(cast, now, recording), add(cast, now, recording)
    assert writes.add_source(first, now=now) == first
    assert writes.add_source(again, now=now) is None
    assert writes.add_source(add(cast, now), now=now) is None  # its recording is gone
    row = Source.objects.get(id=first)
    assert (row.size_bytes, row.object_key, row.original_name, row.position) == (100, "", "tides.mp4", 0)


def test_the_time_of_arrival_is_that_of_the_first_file(cast, now, recording):
    writes.set_uploaded_at(recording, now=now)
    writes.set_uploaded_at(recording, now=now + LATER)
    assert Recording.objects.get(id=recording).uploaded_at == now


def test_a_draft_is_removed_only_when_it_has_nothing_and_waits_for_nothing(cast, now, recording):
    upload_id = add(cast, now, recording)
    assert not writes.remove_draft(recording)
    writes.end([upload_id], sources=(UploadState.OPEN,), to=UploadState.EXPIRED, now=now)
    assert writes.remove_draft(recording)
    assert not writes.remove_draft(recording)
    assert Upload.objects.get(id=upload_id).recording_id is None


@pytest.mark.parametrize(
    "standing",
    [{"media_state": MediaState.RECEIVED}, {"media_state": MediaState.SCHEDULED}, {"keeping": Keeping.RECYCLED}],
)
def test_what_is_no_empty_draft_stays(recording, standing):
    Recording.objects.filter(id=recording).update(**standing)
    assert not writes.remove_draft(recording)


def test_a_draft_with_a_file_stays(cast, now, recording):
    upload_id = add(cast, now, recording)
    writes.end([upload_id], sources=(UploadState.OPEN,), to=UploadState.COMPLETE, now=now)
    writes.add_source(upload_id, now=now)
    assert not writes.remove_draft(recording)


def test_a_capture_is_put_away_and_found_as_it_stood_t8_t9(cast, now, recording):
    capture = ingest.begun(recording, parts=(0, 1), now=now)
    writes.add_capture(capture)
    assert reads.find_capture(recording) == capture
    assert Recording.objects.get(id=recording).captured_at == now  # R98, R114
    paused = ingest.stepped(capture, CaptureStep.PAUSE, at_ms=5000, now=now + LATER)
    assert writes.set_capture(paused, was=capture.phase)
    assert reads.find_capture(recording) == paused
    assert not writes.set_capture(paused, was=capture.phase)


def test_what_is_heard_of_a_capture_keeps_it_from_being_finished_until_it_has_ended(cast, now, recording):
    capture = ingest.begun(recording, parts=(0,), now=now)
    writes.add_capture(capture)
    Recording.objects.update(origin=Origin.ADHOC_ROOM)
    assert reads.list_left(before=now) == [], "a recorder keeps its own, and may be without a network for days"
    Recording.objects.update(origin=Origin.BROWSER)
    assert reads.list_left(before=now) == [recording]
    writes.hear_of_capture(recording, now=now + LATER)
    assert reads.list_left(before=now) == []
    assert reads.captures_of([recording])[recording].heard_at == now + LATER
    writes.set_capture(ingest.stepped(capture, CaptureStep.CANCEL, now=now), was=capture.phase)
    writes.hear_of_capture(recording, now=now + LATER)
    assert reads.captures_of([recording])[recording].heard_at == now
    assert reads.list_left(before=now + LATER) == []
