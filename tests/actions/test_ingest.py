"""Every verb of getting bytes in: done, refused, lost the race, audited."""

import os
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra import config
from cathedra.actions import ingest as actions
from cathedra.actions.ingest import Advanced, Opened, Ticket, Wish
from cathedra.adapters.object_store import LocalStore
from cathedra.adapters.spool import Spool, SpoolFull
from cathedra.db.models import AuditEvent, Folder, Membership, Recording, Source, Upload, UseCase, UseDeclaration
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library, people, publishing
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import UploadKind, UploadState
from cathedra.domain.library import FolderKind, Keeping, MediaState, Origin
from cathedra.domain.policy import Answer
from cathedra.domain.terms import Actor, Channel, Code, Decision, FolderId, PrincipalId, RecordingId, system_actor
from tests.agreements import AUP, accept, publish
from tests.conftest import COURSE
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture
from tests.policies import USE, activate

LIMITS = config.Upload(max_bytes=1000, min_free_bytes=0)
KEEP = timedelta(hours=LIMITS.expire_hours)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "incoming")


class Desk:
    """One person at the door."""

    def __init__(self, account_id, spool, now):
        self.actor, self.spool, self.now = Actor(account_id, Channel.EDGE), spool, now

    def open(self, folder=None, *, limits=LIMITS, **wish):
        wish = Wish(**({"length_bytes": 10, "name": "Tides_1.mp4", "folder_id": folder} | wish))
        return actions.open_upload(wish, actor=self.actor, now=self.now, spool=self.spool, limits=limits)

    def begin(self, upload_id, offset=0, body=None):
        return actions.begin_append(
            upload_id, offset_bytes=offset, body_bytes=body, actor=self.actor, now=self.now, spool=self.spool
        )

    def advance(self, ticket, from_bytes, to_bytes):
        return actions.advance_upload(
            ticket, from_bytes=from_bytes, to_bytes=to_bytes, actor=self.actor, now=self.now, keep=KEEP
        )

    def release(self, ticket):
        actions.release_upload(ticket, actor=self.actor, now=self.now)

    def send(self, upload_id, content, at=0):
        ticket = self.begin(upload_id, at)
        ticket.file.write([content], at)
        outcome = self.advance(ticket, at, at + len(content))
        self.release(ticket)
        return outcome

    def part(self, content):
        opened = self.open(kind=UploadKind.PARTIAL, length_bytes=len(content))
        self.send(opened.upload_id, content)
        return opened.upload_id

    def join(self, parts, folder, limits=LIMITS):
        wish = Wish(length_bytes=0, kind=UploadKind.FINAL, name="whole.mp4", folder_id=folder, parts=tuple(parts))
        return actions.join_parts(wish, parts, actor=self.actor, now=self.now, spool=self.spool, limits=limits)

    def terminate(self, upload_id):
        return actions.terminate_upload(upload_id, actor=self.actor, now=self.now, spool=self.spool)


@pytest.fixture
def alice(cast, spool, now):
    return Desk(cast.alice, spool, now)


def audited(target_id):
    return list(AuditEvent.objects.filter(target_id=str(target_id)).order_by("id").values_list("action", flat=True))


def probes():
    return [job.args["source_id"] for job in ProcrastinateJob.objects.filter(task_name="PROBE_SOURCE")]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_opening_makes_a_draft_named_by_its_file(alice, cast, now):
    """T1."""
    opened = alice.open(cast.chemistry, fingerprint="f\0p", metadata="filename x")
    assert isinstance(opened, Opened)
    draft = Recording.objects.get(id=opened.recording_id)
    assert (draft.title, draft.owner_id, draft.folder_id) == ("Tides 1", cast.alice, cast.chemistry)
    assert (draft.media_state, draft.origin) == (MediaState.EMPTY, Origin.UPLOAD)
    row = Upload.objects.get(id=opened.upload_id)
    assert (row.fingerprint, row.metadata, row.expires_at) == ("fp", "filename x", now + KEEP)
    assert audited(opened.upload_id) == ["upload:open"]
    assert audited(opened.recording_id) == ["recording:create"]


@pytest.mark.parametrize(
    ("who", "code"),
    [("ben", "NO_PERMISSION"), ("chloe", "NO_PERMISSION"), ("dev", "NO_PERMISSION"), ("eve", "NO_PERMISSION")],
)
def test_only_creators_open_uploads_in_a_folder(cast, spool, now, who, code):
    """R19, R20, R26: a Publisher, a Viewer and an administrator may not."""
    refused = Desk(getattr(cast, who), spool, now).open(cast.chemistry)
    assert refused.code == code
    assert not Upload.objects.exists()
    assert not Recording.objects.exists()
    assert not AuditEvent.objects.filter(target_kind="upload").exists()


def test_a_publisher_is_told_why_and_a_stranger_is_not(cast, spool, now):
    told = {who: Desk(getattr(cast, who), spool, now).open(cast.chemistry).reasons[0].rule for who in ("chloe", "eve")}
    assert told == {"chloe": "R20", "eve": "R41"}


def test_nobody_must_sign_in_and_a_missing_folder_looks_forbidden(alice, cast, spool, now):
    assert Desk(None, spool, now).open(cast.chemistry).code is Code.SIGN_IN
    assert Desk(None, spool, now).open(kind=UploadKind.PARTIAL).code is Code.SIGN_IN
    missing, forbidden = alice.open(FolderId(uuid.uuid4())), alice.open(cast.physics)
    assert missing == forbidden
    assert alice.open(None).code is Code.BAD_REQUEST


def test_size_and_room_are_asked_before_the_first_byte(alice, cast, spool):
    assert alice.open(cast.chemistry, length_bytes=1001).code is Code.TOO_LARGE
    assert alice.open(cast.chemistry, length_bytes=0).code is Code.BAD_REQUEST
    tight = config.Upload(max_bytes=2**60, min_free_bytes=spool.free_bytes() - 10_000_000)
    assert alice.open(cast.chemistry, length_bytes=20_000_000, limits=tight).code is Code.NO_SPACE


def test_what_open_uploads_will_take_counts_as_taken(alice, cast, spool):
    half = config.Upload(max_bytes=2**60, min_free_bytes=0)
    most = spool.free_bytes() * 2 // 3
    assert isinstance(alice.open(cast.chemistry, length_bytes=most, limits=half), Opened)
    assert alice.open(cast.chemistry, length_bytes=most, limits=half).code is Code.NO_SPACE


def test_a_second_file_goes_beside_the_first_and_a_third_does_not(alice, cast, spool, now):
    """R6."""
    first = alice.open(cast.chemistry)
    beside = {"recording_id": first.recording_id, "position": 1}
    second = alice.open(**beside)
    assert second.recording_id == first.recording_id
    assert alice.open(**beside).code is Code.CONFLICT
    assert Desk(cast.ben, spool, now).open(**beside).code is Code.NO_PERMISSION
    alice.terminate(second.upload_id)
    assert Recording.objects.filter(id=first.recording_id).exists()
    assert isinstance(alice.open(**beside), Opened)


def test_nothing_is_added_to_a_copy_that_plays_another_ones_media_r201(alice, cast, now):
    original = lecture(cast.physics, cast.eve, now=now)
    copy = publishing.add_reference(original, cast.chemistry, title="Again", owner_id=cast.alice, by=None, now=now)
    refused = alice.open(recording_id=copy, position=1)
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R201")
    assert not Upload.objects.exists()


def test_nothing_is_added_to_a_recording_in_the_bin_or_to_one_that_is_not_there(alice, cast):
    first = alice.open(cast.chemistry)
    Recording.objects.filter(id=first.recording_id).update(keeping=Keeping.RECYCLED)
    assert alice.open(recording_id=first.recording_id, position=1).code is Code.RECYCLED
    assert alice.open(recording_id=RecordingId(uuid.uuid4()), position=1).code is Code.NO_PERMISSION


# --- bytes ------------------------------------------------------------------------------------------------------------


def test_bytes_are_counted_and_the_time_to_expire_starts_again(alice, cast, now):
    opened = alice.open(cast.chemistry)
    alice.now = now + timedelta(hours=5)
    outcome = alice.send(opened.upload_id, b"1234")
    assert outcome == Advanced(4, alice.now + KEEP, is_complete=False)
    facts = reads.upload_facts(cast.alice, opened.upload_id)
    assert (facts.offset_bytes, facts.expires_at) == (4, alice.now + KEEP)
    assert Upload.objects.get(id=opened.upload_id).lease is None
    assert probes() == []


def test_the_last_byte_makes_a_source_and_asks_for_its_probe(alice, cast, spool, now):
    """T12."""
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234")
    assert alice.send(opened.upload_id, b"567890", at=4).is_complete
    assert Upload.objects.get(id=opened.upload_id).state == UploadState.COMPLETE
    source = Source.objects.get(recording_id=opened.recording_id)
    assert (source.id, source.size_bytes, source.position, source.object_key) == (opened.upload_id, 10, 0, "")
    assert spool.path(source.id).read_bytes() == b"1234567890"
    draft = Recording.objects.get(id=opened.recording_id)
    assert (draft.media_state, draft.uploaded_at) == (MediaState.RECEIVED, now)
    assert audited(opened.upload_id) == ["upload:open", "upload:complete"]
    assert audited(opened.recording_id) == ["recording:create", "recording:receive"]
    job = ProcrastinateJob.objects.get(task_name="PROBE_SOURCE")
    assert (job.args, job.queue_name) == ({"source_id": str(source.id)}, "io")
    assert job.lock == f"recording:{opened.recording_id}"


def test_a_second_file_becomes_a_second_source_and_moves_nothing_else(alice, cast, now):
    first = alice.open(cast.chemistry)
    second = alice.open(recording_id=first.recording_id, position=1)
    alice.send(second.upload_id, b"1234567890")
    assert Recording.objects.get(id=first.recording_id).media_state == MediaState.EMPTY
    assert Source.objects.get(recording_id=first.recording_id).position == 1
    alice.send(first.upload_id, b"1234567890")
    assert Recording.objects.get(id=first.recording_id).media_state == MediaState.RECEIVED
    assert set(probes()) == {str(first.upload_id), str(second.upload_id)}


def test_a_file_whose_recording_went_away_becomes_nothing(alice, cast):
    opened = alice.open(cast.chemistry)
    Recording.objects.filter(id=opened.recording_id).delete()
    assert alice.send(opened.upload_id, b"1234567890").is_complete
    assert not Source.objects.exists()
    assert probes() == []


def test_somebody_else_cannot_add_a_byte(alice, cast, spool, now):
    """Security class 12; Eve may create elsewhere, Dev administers."""
    opened = alice.open(cast.chemistry)
    access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    for who in (cast.ben, cast.chloe, cast.dev, cast.eve, None):
        desk = Desk(who, spool, now)
        assert desk.begin(opened.upload_id) == desk.begin(uuid.uuid4())
        assert desk.terminate(opened.upload_id) == desk.terminate(uuid.uuid4())
        assert desk.begin(opened.upload_id).code is Code.NOT_FOUND
    assert Upload.objects.get(id=opened.upload_id).state == UploadState.OPEN


def test_a_second_writer_waits_for_the_first(alice, cast):
    opened = alice.open(cast.chemistry)
    ticket = alice.begin(opened.upload_id)
    assert alice.begin(opened.upload_id).code is Code.LOCKED
    alice.release(ticket)
    again = alice.begin(opened.upload_id)
    assert isinstance(again, Ticket)
    alice.release(again)


def test_a_writer_whose_lease_was_taken_counts_nothing(alice, cast):
    opened = alice.open(cast.chemistry)
    slow = alice.begin(opened.upload_id)
    slow.file.close()  # its process died, and its lock with it
    slow.file._descriptor = os.open(alice.spool.path(opened.upload_id), os.O_RDWR)
    quick = alice.begin(opened.upload_id)
    slow.file.write([b"1234"], 0)
    lost = alice.advance(slow, 0, 4)
    assert isinstance(lost, Decision)
    assert lost.code is Code.CONFLICT
    assert Upload.objects.get(id=opened.upload_id).offset_bytes == 0
    alice.release(slow)
    assert Upload.objects.get(id=opened.upload_id).lease == quick.lease
    alice.release(quick)


def test_a_writer_learns_that_the_upload_was_cancelled_meanwhile(alice, cast):
    opened = alice.open(cast.chemistry)
    ticket = alice.begin(opened.upload_id)
    assert alice.terminate(opened.upload_id).is_permitted
    ticket.file.write([b"1234567890"], 0)
    assert alice.advance(ticket, 0, 10).code is Code.GONE
    alice.release(ticket)
    assert probes() == []


def test_the_offset_must_be_where_the_upload_stands(alice, cast):
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234")
    for wrong in (0, 3, 5, 10):
        assert alice.begin(opened.upload_id, wrong).code is Code.CONFLICT
    assert alice.begin(opened.upload_id, 4, body=7).code is Code.TOO_LARGE


def test_counted_bytes_that_a_disk_lost_end_the_upload(alice, cast, spool):
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234")
    os.truncate(spool.path(opened.upload_id), 3)
    assert alice.begin(opened.upload_id, 4).code is Code.GONE
    spool.delete(opened.upload_id)
    assert alice.begin(opened.upload_id, 4).code is Code.GONE


# --- parts ------------------------------------------------------------------------------------------------------------


def test_parts_become_one_file_and_are_gone(alice, cast, spool):
    parts = [alice.part(content) for content in (b"one ", b"two ", b"three")]
    assert not Recording.objects.exists()
    opened = alice.join(parts, cast.chemistry)
    assert spool.path(opened.upload_id).read_bytes() == b"one two three"
    row = Upload.objects.get(id=opened.upload_id)
    assert (row.state, row.kind, row.offset_bytes) == (UploadState.COMPLETE, UploadKind.FINAL, 13)
    assert Recording.objects.get(id=opened.recording_id).media_state == MediaState.RECEIVED
    assert probes() == [str(opened.upload_id)]
    assert {Upload.objects.get(id=part).state for part in parts} == {UploadState.TERMINATED}
    assert [spool.size_bytes(part) for part in parts] == [None, None, None]


def test_joining_twice_joins_once(alice, cast):
    parts = [alice.part(b"ab"), alice.part(b"cd")]
    assert alice.join(parts, cast.chemistry) == alice.join(parts, cast.chemistry)
    assert len(probes()) == 1
    assert Recording.objects.count() == 1


def test_a_join_that_was_killed_goes_on_when_asked_again(alice, cast, now):
    parts = [alice.part(b"ab"), alice.part(b"cd")]

    class Killed(Spool):
        def join(self, upload_id, parts):
            raise KeyboardInterrupt

    whole, alice.spool = alice.spool, Killed(alice.spool.path(parts[0]).parent)
    with pytest.raises(KeyboardInterrupt):
        alice.join(parts, cast.chemistry)
    alice.spool = whole
    opened = alice.join(parts, cast.chemistry)
    assert whole.path(opened.upload_id).read_bytes() == b"abcd"
    assert (Recording.objects.count(), len(probes())) == (1, 1)


def test_two_joins_at_once_make_one(alice, cast):
    parts = [alice.part(b"ab"), alice.part(b"cd")]

    class Racing(Spool):
        def join(self, upload_id, parts):
            assert other.join(ids, cast.chemistry).code is Code.LOCKED
            super().join(upload_id, parts)

    ids, other = list(parts), Desk(cast.alice, alice.spool, alice.now)
    alice.spool = Racing(alice.spool.path(parts[0]).parent)
    assert isinstance(alice.join(parts, cast.chemistry), Opened)
    assert len(probes()) == 1


def test_a_join_is_refused_like_any_upload(alice, cast, spool, now):
    parts = [alice.part(b"ab"), alice.part(b"cd")]
    assert alice.join(parts, cast.physics).code is Code.NO_PERMISSION
    assert alice.join(parts, None).code is Code.BAD_REQUEST
    assert alice.join(parts, cast.chemistry, config.Upload(max_bytes=3, min_free_bytes=0)).code is Code.TOO_LARGE
    assert alice.join([*parts, uuid.uuid4()], cast.chemistry).code is Code.NOT_FOUND
    unfinished = alice.open(kind=UploadKind.PARTIAL).upload_id
    assert alice.join([*parts, unfinished], cast.chemistry).code is Code.BAD_REQUEST
    access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert Desk(cast.eve, spool, now).join(parts, cast.chemistry).code is Code.NOT_FOUND
    assert not Recording.objects.exists()


def test_a_part_that_a_disk_lost_ends_the_join(alice, cast, spool):
    parts = [alice.part(b"ab"), alice.part(b"cd")]
    spool.delete(parts[1])
    assert alice.join(parts, cast.chemistry).code is Code.GONE
    assert probes() == []


def test_a_join_on_a_full_disk_can_be_asked_again(alice, cast):
    parts = [alice.part(b"ab"), alice.part(b"cd")]

    class Full(Spool):
        def join(self, upload_id, parts):
            raise SpoolFull

    whole, alice.spool = alice.spool, Full(alice.spool.path(parts[0]).parent)
    with pytest.raises(SpoolFull):
        alice.join(parts, cast.chemistry)
    alice.spool = whole
    assert isinstance(alice.join(parts, cast.chemistry), Opened)


# --- endings ----------------------------------------------------------------------------------------------------------


def test_cancelling_drops_bytes_and_the_empty_draft(alice, cast, spool):
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234")
    assert alice.terminate(opened.upload_id).is_permitted
    assert spool.size_bytes(opened.upload_id) is None
    assert not Recording.objects.exists()
    assert audited(opened.upload_id) == ["upload:open", "upload:terminate"]
    assert audited(opened.recording_id) == ["recording:create", "recording:remove_draft"]
    assert alice.terminate(opened.upload_id).code is Code.GONE


def test_cancelling_leaves_a_draft_that_waits_for_another_file(alice, cast):
    first = alice.open(cast.chemistry)
    alice.open(recording_id=first.recording_id, position=1)
    assert alice.terminate(first.upload_id).is_permitted
    assert Recording.objects.filter(id=first.recording_id).exists()


def test_an_upload_that_arrived_is_not_cancelled(alice, cast, spool):
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234567890")
    assert alice.terminate(opened.upload_id).code is Code.CONFLICT
    assert spool.size_bytes(opened.upload_id) == 10


def test_what_is_left_too_long_expires_with_its_draft(alice, cast, spool, now):
    left, part = alice.open(cast.chemistry), alice.part(b"ab")
    alice.send(left.upload_id, b"1234")
    arrived = alice.open(cast.chemistry)
    alice.send(arrived.upload_id, b"1234567890")
    early = now + KEEP - timedelta(seconds=1)
    assert actions.expire_uploads(actor=system_actor(), now=early, spool=spool) == 0
    assert actions.expire_uploads(actor=system_actor(), now=now + KEEP, spool=spool) == 2
    assert actions.expire_uploads(actor=system_actor(), now=now + KEEP, spool=spool) == 0
    assert Upload.objects.get(id=left.upload_id).state == UploadState.EXPIRED
    assert [spool.size_bytes(one) for one in (left.upload_id, part, arrived.upload_id)] == [None, None, 10]
    assert list(Recording.objects.values_list("id", flat=True)) == [arrived.recording_id]
    assert audited(left.upload_id)[-1] == "upload:expire"
    alice.now = now + KEEP
    assert alice.begin(left.upload_id, 4).code is Code.EXPIRED


def test_expiry_loses_to_bytes_that_come_meanwhile(alice, cast, spool, now):
    opened = alice.open(cast.chemistry)
    ticket = alice.begin(opened.upload_id)
    ticket.file.write([b"1234"], 0)

    class Late(Spool):
        def delete(self, upload_id):
            raise AssertionError("bytes of a living upload were removed")

    listed = reads.list_expired(now + KEEP)
    assert listed == [opened.upload_id]
    alice.now = now + timedelta(hours=1)
    alice.advance(ticket, 0, 4)
    assert (
        actions.expire_uploads(actor=system_actor(), now=now + KEEP, spool=Late(spool.path(opened.upload_id).parent))
        == 0
    )
    alice.release(ticket)


def test_the_sweep_removes_old_files_that_nothing_needs(alice, cast, spool, now):
    kept = [alice.open(cast.chemistry).upload_id, alice.part(b"ab")]
    alice.send(kept[0], b"1234567890")
    going_on = alice.open(cast.chemistry).upload_id
    alice.send(going_on, b"1")
    cancelled = alice.open(cast.chemistry).upload_id
    alice.send(cancelled, b"1")
    Upload.objects.filter(id=cancelled).update(state=UploadState.TERMINATED)  # killed before it deleted the file
    folder = spool.path(going_on).parent
    stray, joining = folder / str(uuid.uuid4()), folder / f"{uuid.uuid4()}.joining"
    foreign = folder / "notes.txt"
    for path in (stray, joining, foreign):
        path.touch()
    young = folder / str(uuid.uuid4())
    old = (now - timedelta(hours=2)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (old, old))
    young.touch()
    os.utime(young, (now.timestamp(), now.timestamp()))
    assert actions.sweep_stray_files(actor=system_actor(), now=now, spool=spool) == 3
    assert actions.sweep_stray_files(actor=system_actor(), now=now, spool=spool) == 0
    assert {path.name for path in folder.iterdir()} == {str(one) for one in (*kept, going_on)} | {
        young.name,
        "notes.txt",
    }
    assert AuditEvent.objects.get(action="spool:sweep").facts == {"files": 3}


def test_the_originals_of_recordings_stay_until_the_store_has_them(alice, cast, spool, now):
    """R61."""
    opened = alice.open(cast.chemistry)
    alice.send(opened.upload_id, b"1234567890")
    later = now + timedelta(days=3650)
    assert actions.sweep_stray_files(actor=system_actor(), now=later, spool=spool) == 0
    Source.objects.filter(id=opened.upload_id).update(object_key="originals/x")
    assert actions.sweep_stray_files(actor=system_actor(), now=later, spool=spool) == 1


def test_a_draft_of_somebody_elses_making_is_never_removed_by_an_upload(cast, alice, now):
    draft = library.add_recording(
        cast.chemistry,
        title="Planned",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.SCHEDULED,
        now=now,
    )
    second = alice.open(recording_id=draft, position=1)
    alice.terminate(second.upload_id)
    assert Recording.objects.filter(id=draft).exists()


# --- the terms and the policy -----------------------------------------------------------------------------------------


def test_nobody_opens_an_upload_before_they_have_read_the_policy_r15(alice, cast, spool, now):
    made = publish(AUP, now=now)
    begun = [alice.open(cast.chemistry), alice.open(kind=UploadKind.PARTIAL)]
    assert [(each.code, each.reasons[0].rule) for each in begun] == [(Code.AUP_REQUIRED, "R15")] * 2
    assert not Recording.objects.exists()
    assert Desk(cast.ben, spool, now).open(cast.chemistry).code is Code.NO_PERMISSION, "Viewers are never asked"
    accept(cast.alice, made, now=now)
    opened = alice.open(cast.chemistry)
    assert isinstance(opened, Opened)
    publish(AUP, 2, now=now)
    assert isinstance(alice.send(opened.upload_id, b"0123"), Advanced), "what was begun goes on"
    assert alice.open(cast.chemistry).code is Code.AUP_REQUIRED


def test_new_terms_stop_an_upload_in_the_middle_and_keep_what_came_r11(alice, cast, now):
    upload_id = alice.open(cast.chemistry).upload_id
    ticket = alice.begin(upload_id)
    ticket.file.write([b"0123456789"], 0)
    assert isinstance(alice.advance(ticket, 0, 2), Advanced)
    made = publish(now=now)
    assert alice.advance(ticket, 2, 5).code is Code.EULA_REQUIRED
    alice.release(ticket)
    assert reads.upload_facts(cast.alice, upload_id).offset_bytes == 5
    accept(cast.alice, made, now=now)
    assert alice.send(upload_id, b"56789", at=5).is_complete


@pytest.mark.slow
def test_r84_r85_r86_no_first_byte_without_a_declaration_that_the_policy_takes(alice, cast, now):
    """Refused: nothing is stored, and every failed requirement is named with where else to go. Referred: it comes, with a
    case. Kept in the same transaction as the recording."""
    activate(now)
    no, unsure = Answer.NO, Answer.UNSURE
    for use, code, rule, said in (
        (None, Code.BAD_REQUEST, "R84", "what this recording is for"),
        (replace(USE, version=7), Code.BAD_REQUEST, "R79", "policy changed"),
        (replace(USE, category="party"), Code.BAD_REQUEST, "R77", "kind of content"),
        (replace(USE, course_id=uuid.uuid4()), Code.BAD_REQUEST, "R77", "course"),
        (replace(USE, answers=(no, no, Answer.YES)), Code.NOT_PERMITTED, "R85", ""),
    ):
        refused = alice.open(cast.chemistry, use=use)
        assert isinstance(refused, Decision), use
        (reason,) = refused.reasons
        assert (refused.code, reason.rule) == (code, rule), use
        assert said in reason.sentence
        part = alice.open(kind=UploadKind.PARTIAL, use=use)
        assert isinstance(part, Decision), "R84: a part's first byte is a first byte"
    assert reason.values["failed"] == "q1_supports_current_students, q2_educational_content"
    assert "streaming media service" in reason.values["alternative"]
    assert [kind.objects.count() for kind in (Recording, Upload, UseDeclaration)] == [0, 0, 0]
    assert not AuditEvent.objects.filter(action="recording:declare").exists()
    taken = alice.open(cast.chemistry, use=replace(USE, version=1, note="week 1"))
    row = UseDeclaration.objects.get()
    assert (row.recording_id, row.verdict, row.note, row.account_id) == (
        taken.recording_id,
        "PERMITTED",
        "week 1",
        cast.alice,
    )
    assert isinstance(alice.open(recording_id=taken.recording_id, position=1), Opened), "beside what is declared"
    undeclared = lecture(cast.chemistry, cast.alice, now=now)
    (reason,) = alice.open(recording_id=undeclared, position=1).reasons
    assert reason.rule == "R84", "and beside what is not, it is asked too"
    assert isinstance(alice.open(kind=UploadKind.PARTIAL, use=USE), Opened)
    assert UseDeclaration.objects.count() == 1, "a part declares nothing that is kept; its joining does"
    doubtful = alice.open(cast.chemistry, use=replace(USE, answers=(Answer.YES, unsure, Answer.YES)))
    case = UseCase.objects.get()
    assert (case.recording_id, case.cause, case.state) == (doubtful.recording_id, "referred", "open")
    assert isinstance(alice.open(cast.physics, use=USE), Decision), "who may not upload is told that, and no more"
    audited = AuditEvent.objects.filter(action="recording:declare").order_by("id")
    assert [one.facts["verdict"] for one in audited] == ["PERMITTED", "REFERRED"]


def test_t1_r15_r82_a_student_submits_in_one_piece_or_in_parts_and_is_not_asked_about_the_policy(cast, spool, now):
    publish(AUP, now=now)
    work = library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    Folder.objects.filter(id__in=(cast.chemistry, work)).update(kind="course", course_id=COURSE)
    Folder.objects.filter(id=work).update(kind="assignment")
    ben = Desk(cast.ben, spool, now)
    assert ben.open(cast.chemistry).code is Code.NO_PERMISSION
    opened = ben.open(work)
    made = Recording.objects.get(id=opened.recording_id)
    assert (made.owner_id, made.created_by_id, made.media_state) == (cast.ben, cast.ben, MediaState.EMPTY)
    joined = ben.join([ben.part(b"01234"), ben.part(b"56789")], work)
    assert Recording.objects.get(id=joined.recording_id).folder_id == work
    assert Desk(cast.eve, spool, now).open(work).code is Code.NO_PERMISSION
    assert Desk(cast.eve, spool, now).open(kind=UploadKind.PARTIAL, length_bytes=5).code is Code.NO_PERMISSION
    assert Desk(cast.alice, spool, now).open(work).code is Code.AUP_REQUIRED  # a Creator is
    people.remove_members(Membership.objects.get(account_id=cast.ben).group_id, [cast.ben])
    assert ben.open(work).code is Code.NO_PERMISSION


@pytest.mark.slow
@pytest.mark.django_db
def test_what_died_in_the_middle_of_a_put_is_removed_from_the_stores_a_day_later(spool, tmp_path):
    """kill -9 while an original of 50 GB goes to its store: the half of it is nobody's."""
    store, now = LocalStore(tmp_path / "media"), datetime.now(UTC)
    store.put_bytes("originals/whole", b"whole")
    half = tmp_path / "media" / ".unfinished" / uuid.uuid4().hex
    half.write_bytes(b"half")
    sweep = partial(actions.sweep_stray_files, actor=system_actor(), spool=spool, stores=[store, MemoryStore()])
    assert sweep(now=now + timedelta(hours=23)) == 0
    assert half.exists()
    assert sweep(now=now + timedelta(hours=25)) == 1
    assert (half.exists(), store.exists("originals/whole")) == (False, True)
