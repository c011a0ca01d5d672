"""What is scheduled is recorded by its recorder, and by no other; what was recorded without us comes late (T5, T7, T9, T10,
R55, R159, N5; security class 29)."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import ingest as ingest_actions
from cathedra.actions import recorders as actions
from cathedra.actions import scheduling
from cathedra.actions.recorders import RoomCapture
from cathedra.db.models import AuditEvent, Capture, Notice, Recording, Source, Upload
from cathedra.domain.ingest import CapturePhase, CaptureStep, Span
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.actions.scheduling.rooms import at, schedule
from tests.devices import Device, digest

SPAN = Span(at(5, 9), at(5, 10))
CONTENT = b"what was said" * 9


@pytest.fixture
def lecture(cast, room, now):
    return schedule(cast, room, SPAN, now=now).recordings[0][0]


def media(recording_id):
    return Recording.objects.get(id=recording_id).media_state


def audited(recording_id):
    return set(AuditEvent.objects.filter(target_id=str(recording_id)).values_list("action", flat=True))


def test_t5_it_begins_and_is_received_when_its_file_is_here_with_the_right_checksum(first, lecture, room):
    begun = first.begin(lecture, now=at(5, 9))
    assert isinstance(begun, RoomCapture)
    assert (begun.phase, begun.begun_at, media(lecture)) == (CapturePhase.CAPTURING, at(5, 9), MediaState.RECORDING)
    (part,) = begun.parts
    upload = Upload.objects.get(id=part.upload_id)
    assert (upload.account_id, upload.recorder_id, upload.position) == (None, room.first, 0)
    assert first.begin(lecture, now=at(5, 9, 1)).parts == begun.parts, "asked for again, it stands there (R53)"
    stopped = first.stop(lecture, CONTENT, at_ms=3_600_000, now=at(5, 10))
    assert (stopped.phase, stopped.stopped_at) == (CapturePhase.TRANSFERRING, at(5, 10))
    assert first.send(part.upload_id, CONTENT, now=at(5, 10, 1)).is_complete
    assert media(lecture) == MediaState.RECEIVED
    assert Source.objects.get(recording_id=lecture).size_bytes == len(CONTENT)
    seen = actions.look_at_scheduled(lecture, by=first.itself)
    assert (seen.phase, [one.is_whole for one in seen.parts]) == (CapturePhase.ENDED, [True])
    assert ProcrastinateJob.objects.filter(task_name="PROBE_SOURCE").count() == 1
    assert {"recording:begin_scheduled", "recording:stop_capture", "recording:receive"} <= audited(lecture)
    events = AuditEvent.objects.filter(target_id=str(lecture), channel="RECORDER")
    assert {(event.actor_id, event.facts["recorder"]) for event in events} == {(None, "Lecture Block, LB 1")}
    assert not Notice.objects.filter(kind="N5").exists()


def test_r159_a_file_whose_checksum_is_wrong_is_refused_and_sent_anew(first, lecture):
    (part,) = first.begin(lecture, now=at(5, 9)).parts
    refused = first.send(part.upload_id, CONTENT, now=at(5, 10))
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R159"), "its checksum is told first"
    first.stop(lecture, CONTENT, now=at(5, 10))
    damaged = CONTENT[:-1] + b"?"
    assert first.send(part.upload_id, damaged, now=at(5, 10)).code is Code.CHECKSUM_MISMATCH
    assert (media(lecture), Source.objects.exists()) == (MediaState.RECORDING, False)
    assert first.send(part.upload_id, CONTENT, now=at(5, 10)).code is Code.GONE
    (anew,) = first.begin(lecture, now=at(5, 10, 1)).parts
    assert anew.upload_id != part.upload_id
    assert first.stop(lecture, CONTENT, now=at(5, 10, 1)).phase is CapturePhase.TRANSFERRING
    assert first.send(anew.upload_id, CONTENT, now=at(5, 10, 2)).is_complete
    assert media(lecture) == MediaState.RECEIVED
    assert "upload:refuse" in audited(part.upload_id)


def test_t9_a_pause_is_kept_as_the_recorder_measured_it(first, lecture):
    first.begin(lecture, now=at(5, 9))
    assert first.step(lecture, CaptureStep.PAUSE, at_ms=1000, now=at(5, 9, 1)).phase is CapturePhase.PAUSED
    assert first.step(lecture, CaptureStep.RESUME, at_ms=5000, now=at(5, 9, 2)).phase is CapturePhase.CAPTURING
    assert Capture.objects.get().pauses == [[1000, 5000]]
    first.stop(lecture, CONTENT, now=at(5, 10))
    assert first.step(lecture, CaptureStep.PAUSE, at_ms=9, now=at(5, 10)).code is Code.ILLEGAL_TRANSITION


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (at(5, 9, 1), at(5, 9, 1)),
        (at(5, 8), at(5, 8, 30)),
        (at(5, 23), at(5, 9, 5)),
        (at(5, 9) - timedelta(days=4000), at(5, 8, 30)),
    ],
)
def test_t5_when_it_began_is_the_recorders_word_within_bounds_and_when_it_was_heard_is_ours(
    first, lecture, told, counts
):
    begun = first.begin(lecture, begun_at=told, now=at(5, 9, 5))
    assert begun.begun_at == counts
    row = Capture.objects.get()
    assert (row.begun_at, row.heard_at) == (counts, at(5, 9, 5))


def test_t5_it_may_begin_half_an_hour_early_and_not_while_something_else_is_recorded(cast, first, room, lecture, now):
    assert first.begin(lecture, now=at(5, 8, 29)).code is Code.ILLEGAL_TRANSITION
    schedule(cast, room, Span(at(5, 8), at(5, 8, 50)), now=now)
    assert first.begin(lecture, now=at(5, 8, 40)).code is Code.CONFLICT
    assert first.begin(lecture, now=at(5, 8, 50)).phase is CapturePhase.CAPTURING


def test_class_29_a_recorder_knows_of_nothing_but_what_is_scheduled_on_it(cast, room, first, lecture, spool, now):
    other = Device.connect(room.second, by=cast.alice, spool=spool, now=now)
    (part,) = first.begin(lecture, now=at(5, 9)).parts
    first.stop(lecture, CONTENT, now=at(5, 10))
    for asked in (
        other.begin(lecture, now=at(5, 9)),
        other.stop(lecture, CONTENT, now=at(5, 10)),
        other.step(lecture, CaptureStep.PAUSE, at_ms=1, now=at(5, 9)),
        actions.look_at_scheduled(lecture, by=other.itself),
        other.send(part.upload_id, CONTENT, now=at(5, 10)),
    ):
        assert asked.code is Code.NOT_FOUND
    assert first.send(part.upload_id, CONTENT, now=at(5, 10)).is_complete


def test_class_29_what_it_sends_is_not_taken_back_and_not_sent_twice(cast, first, lecture, spool):
    (part,) = first.begin(lecture, now=at(5, 9)).parts
    first.stop(lecture, CONTENT, now=at(5, 10))
    first.send(part.upload_id, CONTENT, now=at(5, 10))
    assert first.send(part.upload_id, CONTENT, now=at(5, 10)).code is Code.CONFLICT
    again = first.begin(lecture, now=at(5, 10, 2))
    assert (again.phase, [one.is_whole for one in again.parts]) == (CapturePhase.ENDED, [True])
    assert first.stop(lecture, b"other", now=at(5, 10, 2)).phase is CapturePhase.ENDED
    assert Upload.objects.get().sha256 == digest(CONTENT)
    alice = Actor(cast.alice, Channel.EDGE)
    refused = ingest_actions.terminate_upload(part.upload_id, actor=alice, now=at(5, 10), spool=spool)
    assert refused.code is Code.NOT_FOUND


def test_class_29_a_recorder_that_is_blocked_while_it_sends_is_stopped_with_what_came_counted(
    cast, first, room, lecture
):
    (part,) = first.begin(lecture, now=at(5, 9)).parts
    itself = first.actor
    ticket = ingest_actions.begin_append(
        part.upload_id, offset_bytes=0, body_bytes=None, actor=itself, now=at(5, 9), spool=first.spool
    )
    actions.block_recorder(room.first, is_blocked=True, actor=Actor(cast.alice, Channel.API), now=at(5, 9))
    ticket.file.write([b"abc"], 0)
    stopped = ingest_actions.advance_upload(
        ticket, from_bytes=0, to_bytes=3, actor=itself, now=at(5, 9), keep=timedelta(hours=1)
    )
    ingest_actions.release_upload(ticket, actor=itself, now=at(5, 9))
    assert stopped.code is Code.SIGN_IN
    assert Upload.objects.get().offset_bytes == 3


def test_t6_t7_n5_what_was_missed_is_received_late_and_told_of(cast, first, lecture, spool):
    assert scheduling.tend_missed(actor=system_actor(), now=at(5, 10, 30)) == (lecture,)
    late = at(6, 8)
    begun = first.begin(lecture, begun_at=at(5, 9), now=late)
    assert (begun.begun_at, media(lecture)) == (at(5, 9), MediaState.MISSED)
    assert ingest_actions.expire_uploads(actor=system_actor(), now=late + timedelta(days=30), spool=spool) == 0
    first.stop(lecture, CONTENT, at_ms=3_600_000, now=late)
    assert first.send(begun.parts[0].upload_id, CONTENT, now=late).is_complete
    assert media(lecture) == MediaState.RECEIVED
    told = Notice.objects.filter(kind="N5")
    assert {row.recipient_id for row in told} == {cast.alice}
    row = Capture.objects.get()
    assert (row.stopped_at, row.phase) == (at(5, 10), "ended")
    assert "recording:report_scheduled" in audited(lecture)


def test_t6_what_its_recorder_reported_in_time_is_not_missed(first, lecture):
    first.begin(lecture, begun_at=at(5, 9), now=at(5, 10, 20))
    assert scheduling.tend_missed(actor=system_actor(), now=at(5, 10, 30)) == ()


def test_what_was_called_off_is_not_begun(cast, first, lecture, now):
    scheduling.cancel_scheduled(lecture, actor=Actor(cast.alice, Channel.WEB), now=now)
    assert first.begin(lecture, now=at(5, 9)).code is Code.NOT_FOUND


def test_r151_a_camera_beside_waits_for_the_recorder_of_the_main_picture(cast, room, first, spool, now):
    both = {"recorder_ids": (room.first, room.camera)}
    one = schedule(cast, room, SPAN, now=now, **both).recordings[0][0]
    camera = Device.connect(room.camera, by=cast.alice, spool=spool, now=now)
    (beside,) = camera.begin(one, "camera.mkv", now=at(5, 9)).parts
    assert (beside.position, tuple(Capture.objects.get().parts)) == (1, (0, 1))
    told = {1: digest(CONTENT)}
    camera.step(one, CaptureStep.STOP, at_ms=1000, checksums=told, now=at(5, 10))
    assert camera.send(beside.upload_id, CONTENT, now=at(5, 10)).is_complete
    assert media(one) == MediaState.RECORDING
    (main,) = first.begin(one, begun_at=at(5, 9), now=at(5, 11)).parts
    assert main.position == 0
    first.stop(one, CONTENT, now=at(5, 11))
    assert first.send(main.upload_id, CONTENT, now=at(5, 11)).is_complete
    assert media(one) == MediaState.RECEIVED
    assert Source.objects.filter(recording_id=one).count() == 2


def test_r6_two_files_of_one_recorder_leave_no_place_for_a_third(cast, room, first, spool, now):
    both = {"recorder_ids": (room.first, room.second)}
    one = schedule(cast, room, SPAN, now=now, **both).recordings[0][0]
    second = Device.connect(room.second, by=cast.alice, spool=spool, now=now)
    assert [part.position for part in first.begin(one, "camera.mkv", "screen.mkv", now=at(5, 9)).parts] == [0, 1]
    assert second.begin(one, now=at(5, 9)).reasons[0].rule == "R6"


@pytest.mark.parametrize("good", [0, 1])
def test_r59_a_file_that_came_to_nothing_is_left_out_and_the_other_one_is_the_first(first, lecture, good):
    parts = first.begin(lecture, "camera.mkv", "screen.mkv", now=at(5, 9)).parts
    told = {good: digest(CONTENT)}
    stopped = first.step(lecture, CaptureStep.STOP, at_ms=1000, checksums=told, now=at(5, 10))
    assert [(part.upload_id, part.position) for part in stopped.parts] == [(parts[good].upload_id, 0)]
    assert first.send(parts[good].upload_id, CONTENT, now=at(5, 10)).is_complete
    assert media(lecture) == MediaState.RECEIVED
    assert Source.objects.get(recording_id=lecture).position == 0


def test_r159_a_second_recorders_file_may_come_after_the_recording_is_there(cast, room, first, spool, now):
    both = {"recorder_ids": (room.first, room.camera)}
    one = schedule(cast, room, SPAN, now=now, **both).recordings[0][0]
    (main,) = first.begin(one, now=at(5, 9)).parts
    first.stop(one, CONTENT, now=at(5, 10))
    first.send(main.upload_id, CONTENT, now=at(5, 10))
    camera = Device.connect(room.camera, by=cast.alice, spool=spool, now=now)
    (beside,) = camera.begin(one, "camera.mkv", begun_at=at(5, 9), now=at(6, 9)).parts
    camera.step(one, CaptureStep.STOP, at_ms=1000, checksums={1: digest(CONTENT)}, now=at(6, 9))
    assert camera.send(beside.upload_id, CONTENT, now=at(6, 9)).is_complete
    assert [row.position for row in Source.objects.filter(recording_id=one).order_by("position")] == [0, 1]


def test_r159_nobody_throws_away_what_a_recorder_still_keeps(cast, first, lecture, spool):
    first.begin(lecture, now=at(5, 9))
    alice = Actor(cast.alice, Channel.API)
    for act in (ingest_actions.finish_capture, ingest_actions.cancel_capture):
        refused = act(lecture, actor=alice, now=at(5, 11), spool=spool)
        assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R159")
    assert ingest_actions.finish_left_captures(actor=system_actor(), now=at(9, 9), spool=spool).removed == 0
    assert media(lecture) == MediaState.RECORDING
