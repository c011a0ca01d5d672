"""Recording in a browser: begun, paused, stopped, cancelled, finished for those who never came back (T8 to T11, R55, R60, R98,
R108, R162)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import ingest as actions
from cathedra.actions import retention
from cathedra.actions.ingest import BegunCapture, CaptureWish
from cathedra.adapters.spool import Spool
from cathedra.db.models import AuditEvent, Notice, Recording, Source, Upload
from cathedra.db.reads import ingest as reads
from cathedra.domain.ingest import CapturePhase, CaptureStep, Pause
from cathedra.domain.library import Keeping, MediaState, Origin
from cathedra.domain.policy import Answer
from cathedra.domain.terms import Code, Decision, RecordingId, RecordingNotFound, system_actor
from tests.actions.retention.archives import by
from tests.actions.test_ingest import LIMITS, Desk, audited, probes
from tests.agreements import AUP, publish
from tests.policies import USE, activate

HOUR = timedelta(hours=1)
ROOMY = replace(LIMITS, max_bytes=10**9)
CAMERA, SCREEN = "camera.webm", "screen.webm"


@pytest.fixture
def desk(cast, tmp_path, now):
    return Desk(cast.alice, Spool(tmp_path / "incoming"), now)


def begin(desk, folder, *files, limits=ROOMY, **more):
    wish = CaptureWish(folder, more.pop("title", "Tides"), files or (CAMERA, SCREEN), **more)
    return actions.begin_capture(wish, actor=desk.actor, now=desk.now, spool=desk.spool, limits=limits)


@pytest.fixture
def begun(desk, cast) -> BegunCapture:
    made = begin(desk, cast.chemistry)
    assert isinstance(made, BegunCapture)
    return made


def step(desk, begun, which, at_ms=None, later=timedelta()):
    return actions.step_capture(begun.recording_id, which, at_ms=at_ms, actor=desk.actor, now=desk.now + later)


def close(desk, upload_id, length):
    """The word that this was all of it."""
    ticket = actions.begin_append(
        upload_id,
        offset_bytes=length,
        body_bytes=0,
        told_bytes=length,
        actor=desk.actor,
        now=desk.now,
        spool=desk.spool,
    )
    outcome = desk.advance(ticket, length, length)
    desk.release(ticket)
    return outcome


def media(begun):
    return Recording.objects.get(id=begun.recording_id).media_state


def test_a_recording_begins_with_its_two_uploads_and_is_recording_t8(desk, cast, begun, now):
    row = Recording.objects.get(id=begun.recording_id)
    assert (row.origin, row.media_state, row.title) == (Origin.BROWSER, MediaState.RECORDING, "Tides")
    assert (row.owner_id, row.captured_at, row.uploaded_at) == (cast.alice, now, None)  # R98, R114
    uploads = Upload.objects.filter(recording_id=row.id).order_by("position")
    assert [(one.id, one.original_name, one.is_deferred) for one in uploads] == [
        (begun.uploads[0], CAMERA, True),
        (begun.uploads[1], SCREEN, True),
    ]
    assert reads.find_capture(begun.recording_id).parts == (0, 1)
    assert {"recording:create", "recording:begin_capture"} <= set(audited(begun.recording_id))
    assert [one.title for one in reads.list_captures(cast.alice)] == ["Tides"]
    assert reads.list_captures(cast.eve) == []


def test_nothing_is_stored_where_the_gates_are_shut_r15_r84_r85(desk, cast, now):
    """The same gates as of an upload: who may (R38 row 4), the policy read (R15), declared (R84), permitted (R85), and room."""
    eve = Desk(cast.eve, desk.spool, now)
    assert begin(eve, cast.chemistry).code is Code.NO_PERMISSION
    assert begin(desk, cast.chemistry, CAMERA, SCREEN, "third.webm").code is Code.BAD_REQUEST
    tight = replace(ROOMY, min_free_bytes=10**18)
    assert begin(desk, cast.chemistry, limits=tight).code is Code.NO_SPACE
    activate(now)
    assert begin(desk, cast.chemistry).reasons[0].rule == "R84"
    film = replace(USE, answers=(Answer.NO,) * 3)
    assert begin(desk, cast.chemistry, use=film).reasons[0].rule == "R85"
    publish(AUP, now=now)
    assert begin(desk, cast.chemistry).reasons[0].rule == "R15"
    assert Recording.objects.count() == Upload.objects.count() == 0


def test_pauses_are_kept_on_the_timeline_of_the_recording_and_asking_twice_is_asking_once_t9_r53(desk, begun):
    assert step(desk, begun, CaptureStep.PAUSE, at_ms=5000).phase is CapturePhase.PAUSED
    step(desk, begun, CaptureStep.PAUSE, at_ms=6000)
    step(desk, begun, CaptureStep.RESUME, at_ms=9000)
    assert reads.find_capture(begun.recording_id).pauses == (Pause(5000, 9000),)
    assert audited(begun.recording_id).count("recording:pause_capture") == 1
    assert media(begun) == MediaState.RECORDING


def test_a_stopped_recording_is_received_with_its_last_part_and_looked_into_t10(desk, begun, now):
    first, second = begun.uploads
    desk.send(first, b"camera")
    assert step(desk, begun, CaptureStep.STOP).phase is CapturePhase.TRANSFERRING
    assert close(desk, first, 6).is_complete
    assert (media(begun), probes()) == (MediaState.RECORDING, [])
    desk.send(second, b"screen")
    assert close(desk, second, 6).is_complete
    assert media(begun) == MediaState.RECEIVED
    assert reads.find_capture(begun.recording_id).phase is CapturePhase.ENDED
    assert probes() == [str(first), str(second)]
    assert Recording.objects.get(id=begun.recording_id).uploaded_at == now
    assert [row.size_bytes for row in Source.objects.order_by("position")] == [6, 6]


def test_parts_that_are_whole_say_that_it_stopped_where_nobody_did_t10(desk, begun):
    for upload_id in begun.uploads:
        desk.send(upload_id, b"12345")
        close(desk, upload_id, 5)
    found = reads.find_capture(begun.recording_id)
    assert (media(begun), found.phase, bool(found.stopped_at)) == (MediaState.RECEIVED, CapturePhase.ENDED, True)
    assert step(desk, begun, CaptureStep.STOP).phase is CapturePhase.ENDED  # it stands there already (R53)
    refused = step(desk, begun, CaptureStep.PAUSE)
    assert isinstance(refused, Decision)
    assert refused.code is Code.ILLEGAL_TRANSITION


def test_captures_come_before_uploads_r60(desk, cast, begun):
    opened = desk.open(cast.chemistry)
    desk.send(opened.upload_id, b"0123456789")
    for upload_id in begun.uploads:
        desk.send(upload_id, b"12345")
        close(desk, upload_id, 5)
    priorities = dict(
        ProcrastinateJob.objects.filter(task_name="PROBE_SOURCE").values_list("args__source_id", "priority")
    )
    assert priorities[str(begun.uploads[0])] > priorities[str(opened.upload_id)]


def test_who_may_neither_edit_nor_began_it_learns_nothing_of_it(desk, cast, begun, now):
    eve = Desk(cast.eve, desk.spool, now)
    assert step(eve, begun, CaptureStep.PAUSE).code is Code.NO_PERMISSION
    assert actions.cancel_capture(begun.recording_id, actor=eve.actor, now=now, spool=desk.spool).code is (
        Code.NO_PERMISSION
    )
    with pytest.raises(RecordingNotFound):
        step(desk, replace(begun, recording_id=RecordingId(cast.alice)), CaptureStep.PAUSE)


def test_a_cancelled_recording_lies_in_the_bin_with_what_came_and_comes_back_whole_t11_t35(desk, begun, now):
    desk.send(begun.uploads[0], b"camera")
    done = actions.cancel_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool)
    assert done.is_permitted
    row = Recording.objects.get(id=begun.recording_id)
    assert (row.keeping, row.media_state) == (Keeping.RECYCLED, MediaState.RECEIVED)
    assert Source.objects.get(recording_id=row.id).size_bytes == 6
    assert desk.spool.path(begun.uploads[0]).read_bytes() == b"camera"
    assert probes() == []
    assert actions.cancel_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool).code in (
        Code.ALLOW,
        Code.RECYCLED,
    )
    assert retention.take_back_recording(row.id, actor=desk.actor, now=now).is_permitted
    assert probes() == [str(begun.uploads[0])]


def test_a_recording_that_is_cancelled_before_a_byte_came_leaves_nothing_t11(desk, begun, now):
    assert actions.cancel_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool).is_permitted
    assert not Recording.objects.filter(id=begun.recording_id).exists()
    assert set(Upload.objects.values_list("state", flat=True)) == {"TERMINATED"}
    assert Notice.objects.count() == 0  # it was its owner


def test_what_is_arriving_just_now_is_not_ended_under_its_writer(desk, begun, now):
    desk.send(begun.uploads[0], b"camera")
    ticket = desk.begin(begun.uploads[0], 6)
    refused = actions.finish_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool)
    assert refused.code is Code.LOCKED
    desk.release(ticket)
    assert actions.finish_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool).is_permitted
    assert media(begun) == MediaState.RECEIVED


def test_bytes_that_were_never_counted_are_not_of_the_file(desk, begun, now):
    desk.send(begun.uploads[0], b"camera")
    with desk.spool.path(begun.uploads[0]).open("ab") as file:
        file.write(b"uncounted")
    assert actions.finish_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool).is_permitted
    assert desk.spool.path(begun.uploads[0]).read_bytes() == b"camera"


def test_where_nothing_came_of_the_first_file_the_second_is_the_first(desk, begun, now):
    desk.send(begun.uploads[1], b"screen")
    assert actions.finish_capture(begun.recording_id, actor=desk.actor, now=now, spool=desk.spool).is_permitted
    assert [(row.id, row.position) for row in Source.objects.all()] == [(begun.uploads[1], 0)]
    assert (media(begun), probes()) == (MediaState.RECEIVED, [str(begun.uploads[1])])


# --- nobody comes back ------------------------------------------------------------------------------------------------


def finish_left(desk, now):
    return actions.finish_left_captures(actor=system_actor(), now=now, spool=desk.spool)


def test_a_browser_that_never_comes_back_is_finished_after_its_time_and_its_owner_told_t10(desk, cast, begun, now):
    desk.send(begun.uploads[0], b"camera")
    assert finish_left(desk, now + 11 * HOUR).finished == 0
    assert media(begun) == MediaState.RECORDING
    assert finish_left(desk, now + 12 * HOUR).finished == 1
    assert media(begun) == MediaState.RECEIVED
    assert probes() == [str(begun.uploads[0])]
    assert list(Notice.objects.values_list("kind", "recipient_id")) == [("CAPTURE_FINISHED", cast.alice)]
    assert finish_left(desk, now + 13 * HOUR) == actions.Ended()
    assert AuditEvent.objects.filter(action="recording:finish_capture", actor_id=None).count() == 1


def test_what_still_arrives_is_not_finished_however_long_it_lasts(desk, begun, now):
    desk.send(begun.uploads[0], b"cam")
    desk.now = now + 11 * HOUR
    desk.send(begun.uploads[0], b"era", at=3)
    assert finish_left(desk, now + 20 * HOUR) == actions.Ended()
    assert media(begun) == MediaState.RECORDING


def test_a_recording_of_which_nothing_came_waits_as_long_as_any_upload_and_then_its_owner_is_told(
    desk, cast, begun, now
):
    assert finish_left(desk, now + 71 * HOUR) == actions.Ended()
    assert finish_left(desk, now + 72 * HOUR) == actions.Ended(removed=1)
    assert Recording.objects.count() == 0
    assert list(Notice.objects.values_list("kind", "recipient_id")) == [("CAPTURE_EMPTY", cast.alice)]


def test_the_uploads_of_a_capture_do_not_expire_under_it(desk, begun, now):
    desk.send(begun.uploads[0], b"camera")
    later = now + 200 * HOUR
    assert actions.expire_uploads(actor=system_actor(), now=later, spool=desk.spool) == 0
    desk.now = later
    assert desk.send(begun.uploads[0], b"more", at=6).offset_bytes == 10


def test_the_folder_of_what_is_being_recorded_is_not_deleted_r138(cast, begun, now):
    done = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=now)
    assert done.decision.code is Code.ILLEGAL_TRANSITION
    assert media(begun) == MediaState.RECORDING
