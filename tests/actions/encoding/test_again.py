"""A recording that failed is processed again, as it is or with another file (T18)."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra import config
from cathedra.actions import encoding, ingest, metering, policy
from cathedra.actions.encoding import Outcome
from cathedra.actions.ingest import Opened, Wish
from cathedra.adapters.object_store import LocalStore
from cathedra.adapters.spool import Spool
from cathedra.db.models import (
    AuditEvent,
    Hold,
    Intake,
    Recording,
    RecordingViewer,
    Source,
    Stream,
    Upload,
    UseDeclaration,
)
from cathedra.db.models import Folder as FolderRow
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import library as library_reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import encoding as writes
from cathedra.db.writes import library
from cathedra.db.writes import policy as policy_writes
from cathedra.domain import encoding as rules
from cathedra.domain.access import FolderRole
from cathedra.domain.encoding import Problem
from cathedra.domain.library import FolderKind, MediaState
from cathedra.domain.policy import Finding
from cathedra.domain.terms import Code, PrincipalId, SourceId, system_actor
from tests import media
from tests.actions.metering.test_lengths import sums
from tests.actions.retention.archives import by
from tests.actions.test_encoding import ACTOR, events, packaged, receive, recording, run, told
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.domain.test_encoding import probe
from tests.lectures import lecture
from tests.policies import USE, activate
from tests.worker.pipeline import Folder, work, work_dying_everywhere
from tests.worker.pipeline import receive as arrive
from tests.worker.test_loop import facts, files, unfinished_jobs

BROKEN = rules.problem_probe(Problem.NOT_MEDIA)
LIMITS = config.Upload(max_bytes=10_000_000, min_free_bytes=0)


def jobs_of(kind: str) -> list[dict]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=kind, status="todo").order_by("id")]


def send(path, recording_id, who, *, spool, now, **wish):
    """Another file, through every gate that an upload has."""
    wanted = Wish(length_bytes=0, recording_id=recording_id, position=0, **wish)
    return ingest.receive_file(path, wanted, actor=by(who), now=now, spool=spool, limits=LIMITS)


@pytest.mark.django_db
class TestAgain:
    @pytest.fixture
    def failed(self, source, tools, now):
        tools.prober.found = BROKEN
        run(encoding.probe_source, source[1], tools, now)
        encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools)
        ProcrastinateJob.objects.all().delete()
        return source

    def test_t18_what_is_kept_is_processed_again_and_plays(self, cast, failed, tools, now):
        made, source_id = failed
        assert encoding.process_again(made, actor=by(cast.alice), now=now).is_permitted
        row = recording(made)
        assert (row.media_state, row.failure, row.dropped) == ("PREPARING", "", [])
        assert jobs_of("PROBE_SOURCE") == [{"source_id": str(source_id)}]
        event = AuditEvent.objects.get(target_id=str(made), action="recording:process_again")
        assert (event.actor_id, event.facts) == (cast.alice, {"files": ["heat.mp4"]})
        tools.prober.found = probe()
        packaged(failed, tools, now)
        assert recording(made).media_state == "READY"
        assert sums(made) == {"RECORDED": 60, "STORED": 60}  # R96: nothing for the time that it failed

    def test_t18_nothing_of_the_old_attempt_stays_behind(self, cast, failed, tools, now):
        tools.store.put_bytes(f"stream/{failed[0]}/p480.mp4", b"of an attempt that died before its rows were written")
        encoding.process_again(failed[0], actor=by(cast.alice), now=now)
        tools.prober.found = probe()
        packaged(failed, tools, now)
        names = {key.rpartition("/")[2] for key in tools.store.objects if key.startswith("stream/")}
        assert names == {"p1080.mp4", "p1080.m3u8", "a0.mp4", "a0.m3u8", "poster.jpg", "primary.m3u8"}

    def test_r53_asked_again_it_is_on_its_way(self, cast, failed, tools, now):
        for _ in range(2):
            assert encoding.process_again(failed[0], actor=by(cast.alice), now=now).is_permitted
        assert len(jobs_of("PROBE_SOURCE")) == 1
        assert events(failed[0]).count("recording:process_again") == 1

    def test_t17_n7_when_it_fails_again_its_owner_hears_of_it_again(self, cast, failed, tools, now):
        encoding.process_again(failed[0], actor=by(cast.alice), now=now)
        run(encoding.probe_source, failed[1], tools, now.replace(hour=now.hour + 1))
        assert recording(failed[0]).media_state == "FAILED"
        assert told(failed[0])[0] == [("N7", "alice"), ("N7", "alice")]

    def test_t18_both_files_have_another_try_the_first_before_the_second(self, cast, source, tools, tmp_path, now):
        second = receive(cast, tools, tmp_path, now, recording_id=source[0], position=1)
        tools.prober.found = BROKEN
        for each in (source, second):
            run(encoding.probe_source, each[1], tools, now)
        ProcrastinateJob.objects.all().delete()
        encoding.process_again(source[0], actor=by(cast.alice), now=now)
        assert [SourceId(uuid.UUID(job["source_id"])) for job in jobs_of("PROBE_SOURCE")] == [second[1], source[1]]

    def test_t18_who_may_creator_owner_and_the_service(self, cast, failed, now):
        made = failed[0]
        for who in (cast.ben, cast.chloe, cast.eve):
            assert encoding.process_again(made, actor=by(who), now=now).code is Code.NO_PERMISSION
        assert encoding.process_again(made, actor=by(cast.dev), now=now).is_permitted  # by office
        Recording.objects.filter(id=made).update(media_state="FAILED", failure="No.", owner=cast.eve)
        assert encoding.process_again(made, actor=by(cast.eve), now=now).is_permitted  # it is hers now

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"media_state": "READY"}, Code.ILLEGAL_TRANSITION),
            ({"media_state": "EMPTY"}, Code.ILLEGAL_TRANSITION),
            ({"keeping": "RECYCLED", "recycled_from": "ONLINE"}, Code.RECYCLED),
            ({"origin": "full_copy"}, Code.ILLEGAL_TRANSITION),  # it has no file of its own
        ],
    )
    def test_r52_from_no_other_state(self, cast, failed, now, change, code):
        Recording.objects.filter(id=failed[0]).update(**change, **self.ready(change, now))
        before = Recording.objects.values().get(id=failed[0])
        refused = encoding.process_again(failed[0], actor=by(cast.alice), now=now)
        assert refused.code is code
        assert Recording.objects.values().get(id=failed[0]) == before
        assert jobs_of("PROBE_SOURCE") == []

    @staticmethod
    def ready(change, now) -> dict:
        return (
            {"ready_at": now, "duration_ms": 1, "publication": "PUBLISHED"}
            if change.get("media_state") == "READY"
            else {}
        )

    def test_t27_not_while_it_is_held(self, cast, failed, now):
        Hold.objects.create(recording_id=failed[0], kind="legal", opened_at=now)
        assert encoding.process_again(failed[0], actor=by(cast.alice), now=now).code is Code.ILLEGAL_TRANSITION


@pytest.mark.django_db
class TestInstead:
    @pytest.fixture
    def failed(self, cast, source, tools, now):
        tools.prober.found = BROKEN
        run(encoding.probe_source, source[1], tools, now)
        encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools)
        Upload.objects.create(
            id=source[1], account_id=cast.alice, recording_id=source[0], kind="WHOLE", state="COMPLETE",
            original_name="heat.mp4", fingerprint="same", length_bytes=22, offset_bytes=22, created_at=now,
            updated_at=now, expires_at=now,
        )  # fmt: skip
        ProcrastinateJob.objects.all().delete()
        return source

    @pytest.fixture
    def good(self, tmp_path):
        file = tmp_path / "good.mp4"
        file.write_bytes(b"a better one")
        return file

    def test_t18_the_new_file_is_the_recording_and_the_old_one_goes_when_it_plays(self, cast, failed, tools, good, now):
        made, old = failed
        RecordingViewer.objects.create(recording_id=made, principal_id=cast.eve, given_at=now)
        before = Recording.objects.values("id", "title", "folder_id", "owner_id", "origin", "created_at").get(id=made)
        later = now.replace(hour=now.hour + 1)
        opened = send(good, made, cast.alice, spool=tools.spool, now=later)
        assert isinstance(opened, Opened)
        row = Recording.objects.get(id=made)
        assert (row.media_state, row.failure, row.uploaded_at) == ("PREPARING", "", later)
        new = Source.objects.get(recording_id=made, position=0)
        assert (new.id, new.original_name) == (opened.upload_id, "good.mp4")
        assert jobs_of("DROP_SOURCE") == [], "it is not known to play yet"
        assert library_reads.get_recording(cast.alice, made).source_names == ("good.mp4",)
        assert encoding.drop_source(old, made, actor=ACTOR, now=now, tools=tools) is Outcome.NOTHING_TO_DO
        assert f"originals/{made}/{old}" in tools.store.objects
        tools.prober.found = probe()
        packaged((made, SourceId(new.id)), tools, later)
        assert jobs_of("DROP_SOURCE") == [{"source_id": str(old), "recording_id": str(made)}]
        for _ in range(2):
            assert encoding.drop_source(old, made, actor=ACTOR, now=now, tools=tools) is Outcome.DONE
        assert list(Source.objects.filter(recording_id=made)) == [new]
        encoding.store_original(SourceId(new.id), actor=ACTOR, now=later, tools=tools)
        after = Recording.objects.values("id", "title", "folder_id", "owner_id", "origin", "created_at").get(id=made)
        assert after == before
        assert RecordingViewer.objects.filter(recording_id=made, principal_id=cast.eve).exists()
        assert recording(made).media_state == "READY"
        originals = {key: data for key, data in tools.store.objects.items() if key.startswith("originals/")}
        assert originals == {f"originals/{made}/{new.id}": b"a better one"}
        assert sums(made) == {"RECORDED": 60, "STORED": 60}
        assert not metering.prove_meters(actor=system_actor(), now=later)
        assert events(made)[-6:] == [
            "recording:replace_file", "recording:receive", "recording:prepare", "recording:drop_replaced",
            "recording:ready", "source:store",
        ]  # fmt: skip
        assert told(made)[0] == [("N6", "alice"), ("N7", "alice")], "nobody is told of what they did themselves"
        assert ingest_reads.find_upload(cast.alice, "same", now=later) is None  # it may be sent again elsewhere

    def test_r84_what_was_declared_stays_and_is_not_asked_again(self, cast, failed, tools, good, now):
        activate(now)
        refused = send(good, failed[0], cast.alice, spool=tools.spool, now=now)
        assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "R84")
        assert isinstance(policy.declare_use(failed[0], USE, actor=by(cast.alice), now=now), Finding)
        assert isinstance(send(good, failed[0], cast.alice, spool=tools.spool, now=now), Opened)
        assert UseDeclaration.objects.filter(recording_id=failed[0]).count() == 1

    def test_t18_a_file_in_use_is_not_dropped(self, cast, source, tools, now):
        assert encoding.drop_source(source[1], source[0], actor=ACTOR, now=now, tools=tools) is Outcome.NOTHING_TO_DO
        assert tools.spool.path(source[1]).exists()

    def test_t18_who_may(self, cast, failed, tools, good, now):
        for who in (cast.ben, cast.chloe, cast.eve):
            assert send(good, failed[0], who, spool=tools.spool, now=now).code is Code.NO_PERMISSION
        assert isinstance(send(good, failed[0], cast.dev, spool=tools.spool, now=now), Opened)

    def test_t18_one_that_plays_keeps_its_file(self, cast, tools, good, now):
        made = lecture(cast.chemistry, cast.alice, now=now)
        assert send(good, made, cast.alice, spool=tools.spool, now=now).code is Code.BAD_REQUEST
        copy = lecture(cast.chemistry, cast.alice, now=now, media=MediaState.FAILED, origin="full_copy")
        assert send(good, copy, cast.alice, spool=tools.spool, now=now).code is Code.ILLEGAL_TRANSITION

    def test_t18_two_at_once_are_one_too_many_and_a_late_one_is_told(self, cast, failed, tools, good, now):
        made = failed[0]
        wish = Wish(length_bytes=12, name="slow.mp4", recording_id=made, position=0)
        slow = ingest.open_upload(wish, actor=by(cast.alice), now=now, spool=tools.spool, limits=LIMITS)
        assert isinstance(slow, Opened)
        assert send(good, made, cast.alice, spool=tools.spool, now=now).code is Code.CONFLICT
        assert encoding.process_again(made, actor=by(cast.alice), now=now).is_permitted
        ticket = ingest.begin_append(
            slow.upload_id, offset_bytes=0, body_bytes=12, actor=by(cast.alice), now=now, spool=tools.spool
        )
        ticket.file.write([b"a better one"], 0)
        keep = now - now
        late = ingest.advance_upload(ticket, from_bytes=0, to_bytes=12, actor=by(cast.alice), now=now, keep=keep)
        ingest.release_upload(ticket, actor=by(cast.alice), now=now)
        assert (late.code, late.reasons[0].rule) == (Code.CONFLICT, "T18")
        assert list(Source.objects.filter(recording_id=made).values_list("id", flat=True)) == [failed[1]]

    def test_t18_a_new_file_that_fails_too_leaves_both_where_they_are(self, cast, failed, tools, good, now):
        made, old = failed
        later, last = now.replace(hour=now.hour + 1), now.replace(hour=now.hour + 2)
        new = SourceId(send(good, made, cast.alice, spool=tools.spool, now=later).upload_id)
        assert Outcome.REFUSED is run(encoding.probe_source, new, tools, later)
        assert (recording(made).media_state, told(made)[0]) == ("FAILED", [("N7", "alice"), ("N7", "alice")])
        encoding.store_original(new, actor=ACTOR, now=later, tools=tools)
        originals = {key: data for key, data in tools.store.objects.items() if key.startswith("originals/")}
        assert set(originals) == {f"originals/{made}/{old}", f"originals/{made}/{new}"}
        assert jobs_of("DROP_SOURCE") == []
        assert encoding.process_again(made, actor=by(cast.alice), now=later).is_permitted
        assert jobs_of("PROBE_SOURCE")[-1] == {"source_id": str(new)}, "the newest is tried again"
        assert Outcome.REFUSED is run(encoding.probe_source, new, tools, later)
        third = SourceId(send(good, made, cast.alice, spool=tools.spool, now=last).upload_id)
        tools.prober.found = probe()
        packaged((made, third), tools, last)
        assert [SourceId(uuid.UUID(job["source_id"])) for job in jobs_of("DROP_SOURCE")] == [old, new]
        assert sums(made) == {"RECORDED": 60, "STORED": 60}  # R96
        assert not metering.prove_meters(actor=system_actor(), now=last)

    def test_t18_an_old_file_that_was_still_in_the_spool_is_put_away_and_nothing_else_is_done_with_it(
        self, cast, source, tools, good, now
    ):
        made, old = source
        tools.prober.found = BROKEN
        run(encoding.probe_source, old, tools, now)
        assert isinstance(send(good, made, cast.alice, spool=tools.spool, now=now), Opened)
        assert ingest_reads.list_wanted([old]) == {old}, "the sweep of the spool leaves it"
        for step in (encoding.probe_source, encoding.package_source, encoding.encode_ladder):
            assert run(step, old, tools, now) is Outcome.NOTHING_TO_DO
        assert encoding.store_original(old, actor=ACTOR, now=now, tools=tools) is Outcome.DONE
        assert f"originals/{made}/{old}" in tools.store.objects
        assert not writes.claim_attempt(old, expected=None, attempt=uuid.uuid4())

    def test_r130_while_a_hold_is_on_it_nothing_of_it_is_destroyed(self, cast, failed, tools, good, now):
        made, old = failed
        new = SourceId(send(good, made, cast.alice, spool=tools.spool, now=now).upload_id)
        Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
        tools.prober.found = probe()
        packaged((made, new), tools, now)
        assert recording(made).media_state == "READY"
        assert set(Source.objects.filter(recording_id=made).values_list("id", flat=True)) == {old, new}
        assert jobs_of("DROP_SOURCE") == []

    @pytest.mark.parametrize("gone", ["hold", "bin", "role", "again"])
    def test_t18_at_the_last_byte_it_is_asked_once_more_and_nothing_of_the_old_is_touched(
        self, cast, failed, tools, good, now, gone
    ):
        made = failed[0]
        wish = Wish(length_bytes=12, name="slow.mp4", recording_id=made, position=0)
        slow = ingest.open_upload(wish, actor=by(cast.alice), now=now, spool=tools.spool, limits=LIMITS)
        ticket = ingest.begin_append(
            slow.upload_id, offset_bytes=0, body_bytes=12, actor=by(cast.alice), now=now, spool=tools.spool
        )
        if gone == "hold":
            Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
        if gone == "bin":
            Recording.objects.filter(id=made).update(keeping="RECYCLED", recycled_from="ONLINE")
        if gone == "role":
            Recording.objects.filter(id=made).update(owner=cast.chloe)
            access_writes.remove_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.CREATOR)
        if gone == "again":
            encoding.process_again(made, actor=by(cast.alice), now=now)
        before = Recording.objects.values().get(id=made), list(Source.objects.filter(recording_id=made).values())
        ticket.file.write([b"a better one"], 0)
        late = ingest.advance_upload(ticket, from_bytes=0, to_bytes=12, actor=by(cast.alice), now=now, keep=now - now)
        ingest.release_upload(ticket, actor=by(cast.alice), now=now)
        assert (late.code, late.reasons[0].rule) == (Code.CONFLICT, "T18")
        assert (
            Recording.objects.values().get(id=made),
            list(Source.objects.filter(recording_id=made).values()),
        ) == before
        assert jobs_of("DROP_SOURCE") == []
        assert ingest_reads.find_upload(cast.alice, "same", now=now) is not None or gone == "bin"

    def test_t18_its_owner_hears_that_somebody_else_replaced_the_file(self, cast, failed, tools, good, now):
        later = now.replace(hour=now.hour + 1)
        assert isinstance(send(good, failed[0], cast.dev, spool=tools.spool, now=later), Opened)
        people, values = told(failed[0])
        assert people == [("N7", "alice"), ("N7", "alice")]
        assert "sent another file in the place of heat.mp4" in values["problem"]
        assert "Dev" in values["problem"]

    def test_t18_an_owner_who_may_not_add_recordings_there_processes_again_and_replaces_nothing(
        self, cast, failed, tools, good, now
    ):
        Recording.objects.filter(id=failed[0]).update(owner=cast.eve)
        assert send(good, failed[0], cast.eve, spool=tools.spool, now=now).code is Code.NO_PERMISSION
        assert encoding.process_again(failed[0], actor=by(cast.eve), now=now).is_permitted

    def test_t18_r91_who_is_suspended_in_personal_folders_replaces_nothing_there(self, cast, failed, tools, good, now):
        desk = library.add_folder("Alice", kind=FolderKind.PERSONAL, parent_id=None, owner_id=cast.alice, now=now)
        access_writes.add_member(desk, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
        Recording.objects.filter(id=failed[0]).update(folder=desk)
        policy_writes.suspend_creator(cast.alice, reason="Three times.", by=cast.dev, now=now)
        assert send(good, failed[0], cast.alice, spool=tools.spool, now=now).code is Code.NO_PERMISSION
        policy_writes.end_suspension(cast.alice, by=cast.dev, now=now)
        assert isinstance(send(good, failed[0], cast.alice, spool=tools.spool, now=now), Opened)

    def test_t18_r15_a_student_replaces_what_they_submitted_and_is_not_asked_about_the_policy(
        self, cast, failed, tools, good, now
    ):
        publish(AUP, now=now)
        work = library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
        FolderRow.objects.filter(id__in=(cast.chemistry, work)).update(kind="course", course_id=COURSE)
        FolderRow.objects.filter(id=work).update(kind="assignment")
        Recording.objects.filter(id=failed[0]).update(folder=work, owner=cast.ben)
        assert send(good, failed[0], cast.alice, spool=tools.spool, now=now).code is Code.AUP_REQUIRED  # a Creator is
        assert isinstance(send(good, failed[0], cast.ben, spool=tools.spool, now=now), Opened)

    def test_t18_both_files_go_and_a_second_may_be_added_again(self, cast, failed, tools, tmp_path, good, now):
        second = receive(cast, tools, tmp_path, now, recording_id=failed[0], position=1)
        run(encoding.probe_source, second[1], tools, now)
        opened = send(good, failed[0], cast.alice, spool=tools.spool, now=now)
        assert isinstance(opened, Opened)
        beside = Wish(length_bytes=12, name="slides.mp4", recording_id=failed[0], position=1)
        added = ingest.open_upload(beside, actor=by(cast.alice), now=now, spool=tools.spool, limits=LIMITS)
        assert isinstance(added, Opened)
        tools.prober.found = probe()
        packaged((failed[0], SourceId(opened.upload_id)), tools, now)
        assert list(Source.objects.filter(recording_id=failed[0]).values_list("position", flat=True)) == [0]
        assert {job["source_id"] for job in jobs_of("DROP_SOURCE")} == {str(failed[1]), str(second[1])}

    def test_t18_a_second_file_that_nobody_has_looked_into_stays_beside_the_new_one(
        self, cast, failed, tools, tmp_path, good, now
    ):
        second = receive(cast, tools, tmp_path, now, recording_id=failed[0], position=1)
        opened = send(good, failed[0], cast.alice, spool=tools.spool, now=now)
        tools.prober.found = probe()
        packaged((failed[0], SourceId(opened.upload_id)), tools, now)
        left = Source.objects.filter(recording_id=failed[0]).order_by("position")
        assert list(left.values_list("id", flat=True)) == [opened.upload_id, second[1]]
        assert [job["source_id"] for job in jobs_of("DROP_SOURCE")] == [str(failed[1])]

    def test_r93_an_import_that_was_kept_does_not_wait_for_its_owner_again(self, cast, failed, tools, good, now):
        Recording.objects.filter(id=failed[0]).update(origin="import")
        assert isinstance(send(good, failed[0], cast.alice, spool=tools.spool, now=now), Opened)
        assert not Intake.objects.exists()
        assert len(jobs_of("PROBE_SOURCE")) == 1


def text(path):
    path.write_text("It was a dark and stormy night. " * 100)
    return path


def replaced(folder: Folder, bad, good, *, cast, now):
    """A real file that is none has failed; then a good one has arrived in its place."""
    made, old = arrive(folder, bad, cast=cast, now=now)
    assert work(folder) == 0
    assert recording(made).media_state == "FAILED"
    opened = send(good, made, cast.alice, spool=Spool(folder.incoming), now=now)
    assert isinstance(opened, Opened)
    return made, old, opened.upload_id


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_t18_a_real_file_that_failed_is_replaced_by_a_good_one_whatever_dies(cast, tmp_path, now):
    bad, good = text(tmp_path / "essay.mp4"), media.lecture(tmp_path / "heat.mp4", seconds=2, size="160x90", rate=10)
    ends = []
    for name in ("calm", "mortal"):
        folder = Folder(tmp_path / name)
        folder.path.mkdir()
        made, old, new = replaced(folder, bad, good, cast=cast, now=now)
        folder.deaths.unlink(missing_ok=True)
        deaths = work_dying_everywhere(folder) if name == "mortal" else [work(folder)]
        # The old file is dropped while things are made of the new one: the death of one job may find another in the middle
        # of a put, and the sweep takes that away.
        LocalStore(folder.media).remove_unfinished(before=datetime.now(UTC) + timedelta(minutes=1))
        found = [one.replace(str(old), "OLD").replace(str(new), "NEW") for one in files(folder, made)]
        end = facts(made)
        ends.append(({**end, "audit": sorted(end["audit"])}, found, sums(made)))
        assert recording(made).media_state == "READY"
        assert not any("OLD" in one for one in found), found
        assert [one for one in found if one.startswith("incoming")] == []
        assert Stream.objects.filter(recording_id=made).count() == 2
    assert len(deaths) > 10
    assert ends[0] == ends[1]
    assert ends[0][2] == {"RECORDED": 2, "STORED": 2}
    assert unfinished_jobs() == []
