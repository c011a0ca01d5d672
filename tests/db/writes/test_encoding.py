"""Results count only while the attempt that brings them holds; the constraints keep each thing once."""

import uuid

import pytest
from django.db import IntegrityError

from cathedra.db.models import Folder, Recording, Source
from cathedra.db.writes import encoding as writes
from cathedra.db.writes import library
from cathedra.domain.encoding import Note, RenditionKind, StreamRole
from cathedra.domain.library import MediaState, Origin

pytestmark = pytest.mark.django_db


def make_source(cast, now, *, recording_id=None, position=0):
    if recording_id is None:
        recording_id = library.add_recording(
            cast.chemistry,
            title="Heat",
            owner_id=cast.alice,
            created_by_id=cast.alice,
            origin=Origin.UPLOAD,
            now=now,
        )
    row = Source.objects.create(
        recording_id=recording_id,
        position=position,
        original_name="heat.mp4",
        size_bytes=10,
        object_key="",
        received_at=now,
    )
    return recording_id, row.id


def rendition(name, *, is_picture=True):
    return writes.NewRendition(
        name=name,
        kind=RenditionKind.VIDEO if is_picture else RenditionKind.AUDIO,
        is_copy=True,
        codecs="avc1.640028" if is_picture else "mp4a.40.2",
        peak_bps=2,
        average_bps=1,
        size_bytes=10,
        duration_ms=1000,
        width=16 if is_picture else None,
        height=16 if is_picture else None,
        frame_rate=30.0 if is_picture else None,
    )


def stream(role, first, **changes):
    return writes.NewStream(**{"role": role, "source_index": 0, "duration_ms": 1000, "rendition": first, **changes})


def move(recording_id, to, now):
    library.move_media(recording_id, sources=tuple(MediaState), to=to, now=now)


def test_only_one_of_two_claims_wins(cast, now):
    _, source_id = make_source(cast, now)
    mine, other = uuid.uuid4(), uuid.uuid4()
    assert writes.claim_attempt(source_id, expected=None, attempt=mine)
    assert not writes.claim_attempt(source_id, expected=None, attempt=other)
    assert writes.claim_attempt(source_id, expected=mine, attempt=other)
    assert not writes.release_attempt(source_id, attempt=mine)
    assert writes.release_attempt(source_id, attempt=other)


def test_progress_is_written_only_by_who_holds_the_attempt(cast, now):
    recording_id, source_id = make_source(cast, now)
    mine = uuid.uuid4()
    writes.claim_attempt(source_id, expected=None, attempt=mine)
    assert writes.begin_stage(source_id, attempt=mine, stage="Looking", now=now)
    assert writes.set_stage(source_id, attempt=mine, stage="Looking", percent=40, estimate_s=9)
    assert not writes.set_stage(source_id, attempt=uuid.uuid4(), stage="Lying", percent=99, estimate_s=1)
    row = Recording.objects.get(id=recording_id)
    assert (row.stage, row.stage_percent, row.stage_estimate_s, row.stage_started_at) == ("Looking", 40, 9, now)
    assert writes.end_stages(source_id, attempt=mine, now=now)
    assert Recording.objects.get(id=recording_id).stage == ""


def test_ready_publishes_once_and_moves_the_folder_up(cast, now):
    recording_id, _ = make_source(cast, now)
    assert not writes.make_ready(recording_id, duration_ms=1000, now=now)
    move(recording_id, MediaState.PREPARING, now)
    assert writes.make_ready(recording_id, duration_ms=1000, now=now)
    assert not writes.make_ready(recording_id, duration_ms=2000, now=now)
    row = Recording.objects.get(id=recording_id)
    assert (row.media_state, row.publication, row.duration_ms) == ("READY", "PUBLISHED", 1000)
    assert Folder.objects.get(id=cast.chemistry).newest_at == now


@pytest.mark.parametrize(
    ("stands", "fails"),
    [(MediaState.RECEIVED, True), (MediaState.PREPARING, True), (MediaState.EMPTY, False), (MediaState.CANCELLED, False)],
)  # fmt: skip
def test_failing_is_for_what_is_being_prepared(cast, now, stands, fails):
    recording_id, _ = make_source(cast, now)
    move(recording_id, stands, now)
    assert writes.fail(recording_id, Note("It broke after {n}.", {"n": "3"}), now=now) is fails
    row = Recording.objects.get(id=recording_id)
    assert (row.failure, row.failure_values) == (("It broke after {n}.", {"n": "3"}) if fails else ("", {}))


def test_the_same_thing_is_dropped_once(cast, now):
    recording_id, _ = make_source(cast, now)
    for _ in range(2):
        writes.add_dropped(recording_id, [Note("Left out.")], name="b.mp4", now=now)
    dropped = Recording.objects.get(id=recording_id).dropped
    assert dropped == [{"name": "b.mp4", "sentence": "Left out.", "values": {}}]


def test_a_rendition_is_there_once(cast, now):
    recording_id, source_id = make_source(cast, now)
    writes.add_streams(recording_id, source_id, [stream(StreamRole.PRIMARY, rendition("p720"))], now=now)
    writes.add_renditions(recording_id, source_id, [rendition("p360")], now=now)
    with pytest.raises(IntegrityError):
        writes.add_renditions(recording_id, source_id, [rendition("p360")], now=now)


def test_sound_alone_needs_no_more_renditions(cast, now):
    recording_id, source_id = make_source(cast, now)
    sound = stream(StreamRole.AUDIO, rendition("a0", is_picture=False))
    writes.add_streams(recording_id, source_id, [sound], now=now)
    writes.add_renditions(recording_id, source_id, [], now=now)


def test_a_recording_is_complete_when_all_its_sources_are(cast, now):
    recording_id, first = make_source(cast, now)
    _, second = make_source(cast, now, recording_id=recording_id, position=1)
    writes.set_encoded(first, recording_id, now=now)
    assert not Recording.objects.get(id=recording_id).is_ladder_complete
    writes.set_problem(second, Note("Broken."))
    writes.refresh_complete(recording_id, now=now)
    assert Recording.objects.get(id=recording_id).is_ladder_complete


def test_the_originals_key_is_set_once(cast, now):
    _, source_id = make_source(cast, now)
    assert writes.set_object_key(source_id, "originals/a/b", sha256="ab")
    assert not writes.set_object_key(source_id, "originals/c/d", sha256="cd")
    assert Source.objects.get(id=source_id).object_key == "originals/a/b"
