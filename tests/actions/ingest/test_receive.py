"""An upload that goes on while what it goes to is deleted, and taken out of the bin again, in either order (R134, R138)."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections

from cathedra import config
from cathedra.actions import ingest, library, publishing, retention
from cathedra.actions.ingest import Advanced, Opened
from cathedra.adapters.spool import Spool
from cathedra.db.models import Folder, Recording, Source, Upload
from cathedra.db.reads import access as access_reads
from cathedra.domain.ingest import UploadState
from cathedra.domain.terms import Code, Decision, FolderId, FolderNotFound
from tests.actions.retention.archives import by, events, is_proved, keeping
from tests.actions.test_ingest import KEEP, Desk, probes
from tests.lectures import lecture
from tests.policies import course_calendar

DAY = timedelta(days=1)


@pytest.fixture
def desk(cast, tmp_path, now):
    return Desk(cast.alice, Spool(tmp_path / "incoming"), now)


def delete_folder(cast, now):
    done = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=now)
    assert done.decision.is_permitted
    return done.unit_id


def listed(cast, now):
    seen = access_reads.visible_to(cast.alice, now)
    return set(Recording.objects.filter(seen).values_list("id", flat=True))


def rule(decision):
    assert isinstance(decision, Decision)
    return decision.code, decision.reasons[0].rule


def test_r138_bytes_for_a_deleted_folder_are_stopped_kept_and_go_on_when_it_is_back(cast, desk, now):
    opened = desk.open(cast.chemistry)
    desk.send(opened.upload_id, b"0123")
    ticket = desk.begin(opened.upload_id, 4)  # a request that is on its way while the folder goes
    unit = delete_folder(cast, now)
    assert keeping(opened.recording_id) == "RECYCLED"
    ticket.file.write([b"45"], 4)
    stopped = desk.advance(ticket, 4, 6)
    desk.release(ticket)
    assert rule(stopped) == (Code.RECYCLED, "R138")
    assert "What has arrived is kept" in stopped.reasons[0].sentence
    assert Upload.objects.get(id=opened.upload_id).offset_bytes == 6
    assert desk.begin(opened.upload_id, 6) == stopped
    assert (Source.objects.count(), probes()) == (0, [])
    assert retention.take_back_folder(unit, actor=by(cast.alice), now=now).is_permitted
    assert desk.send(opened.upload_id, b"6789", at=6).is_complete
    assert probes() == [str(opened.upload_id)]
    assert desk.spool.path(opened.upload_id).read_bytes() == b"0123456789"


def test_r138_a_whole_file_lies_in_the_bin_with_its_folder_and_is_looked_at_when_that_is_back(cast, desk, now):
    opened = desk.open(cast.chemistry)
    ticket = desk.begin(opened.upload_id)
    unit = delete_folder(cast, now)
    ticket.file.write([b"0123456789"], 0)
    arrived = desk.advance(ticket, 0, 10)
    desk.release(ticket)
    assert rule(arrived) == (Code.RECYCLED, "R138")
    assert "whole file has arrived" in arrived.reasons[0].sentence
    assert Upload.objects.get(id=opened.upload_id).state == UploadState.COMPLETE
    assert (keeping(opened.recording_id), probes()) == ("RECYCLED", [])
    assert opened.recording_id not in listed(cast, now)
    later = now + 3 * DAY
    assert ingest.sweep_stray_files(actor=by(None), now=later, spool=desk.spool) == 0, "it is the only copy"
    assert is_proved(now)
    assert retention.take_back_folder(unit, actor=by(cast.alice), now=later).is_permitted
    assert probes() == [str(opened.upload_id)]
    assert Recording.objects.get(id=opened.recording_id).media_state == "RECEIVED"
    assert events(opened.recording_id)[-2:] == ["recording:receive", "recording:take_back"]


def test_r134_a_draft_that_was_deleted_alone_has_its_file_and_is_looked_at_when_it_is_back(cast, desk, now):
    opened = desk.open(cast.chemistry)
    ticket = desk.begin(opened.upload_id)
    assert retention.recycle_recording(opened.recording_id, actor=by(cast.alice), now=now).is_permitted
    ticket.file.write([b"0123456789"], 0)
    assert rule(desk.advance(ticket, 0, 4)) == rule(desk.advance(ticket, 4, 10)) == (Code.RECYCLED, "R134")
    desk.release(ticket)
    assert probes() == []
    assert retention.take_back_recording(opened.recording_id, actor=by(cast.alice), now=now).is_permitted
    assert probes() == [str(opened.upload_id)]


def test_r73_a_second_file_that_came_in_the_bin_is_judged_by_who_sent_it_when_it_is_back(
    cast, desk, now, monkeypatch, request
):
    monkeypatch.setenv("CATHEDRA_APPROVAL_REAPPROVE_ON_MEDIA_EDIT", "true")
    config.get.cache_clear()
    request.addfinalizer(config.get.cache_clear)
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    made = lecture(cast.chemistry, cast.alice, now=now)
    opened = desk.open(recording_id=made, position=1)
    ticket = desk.begin(opened.upload_id)
    unit = delete_folder(cast, now)
    ticket.file.write([b"0123456789"], 0)
    assert rule(desk.advance(ticket, 0, 10)) == (Code.RECYCLED, "R138")
    desk.release(ticket)
    assert Recording.objects.get(id=made).publication == "PUBLISHED", "as it went to the bin"
    assert retention.take_back_folder(unit, actor=by(cast.alice), now=now).is_permitted
    assert (Recording.objects.get(id=made).publication, probes()) == ("WAITING", [str(opened.upload_id)])


def test_r54_nothing_is_added_to_what_was_destroyed_while_its_file_came(cast, desk, now):
    opened = desk.open(cast.chemistry)
    ticket = desk.begin(opened.upload_id)
    alice = {"actor": by(cast.alice), "now": now}
    assert retention.recycle_recording(opened.recording_id, **alice).is_permitted
    assert retention.purge_recording(opened.recording_id, **alice).is_permitted
    ticket.file.write([b"0123456789"], 0)
    assert rule(desk.advance(ticket, 0, 10)) == (Code.ILLEGAL_TRANSITION, "R54")
    desk.release(ticket)
    assert (Source.objects.count(), probes(), keeping(opened.recording_id)) == (0, [], "PURGED")


def test_r138_nothing_comes_into_a_deleted_folder_and_who_could_add_to_it_is_told(cast, desk, now):
    parts = [desk.part(b"ab"), desk.part(b"cd")]
    made = lecture(cast.physics, cast.alice, now=now)
    unit = delete_folder(cast, now)
    told = desk.open(cast.chemistry)
    assert rule(told) == (Code.RECYCLED, "R138")
    assert desk.join(parts, cast.chemistry) == told
    nobody = Desk(cast.ben, desk.spool, now)
    assert nobody.open(cast.chemistry) == nobody.open(FolderId(uuid.uuid4())), "R42"
    for attempt in (
        lambda: library.make_subfolder(cast.chemistry, name="New", actor=by(cast.alice), now=now),
        lambda: publishing.move_recording(
            made, cast.chemistry, calendar=course_calendar(), actor=by(cast.alice), now=now
        ),
        lambda: publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=now),
    ):
        with pytest.raises(FolderNotFound):
            attempt()
    assert not Recording.objects.filter(folder_id=cast.chemistry).exists()
    assert retention.take_back_folder(unit, actor=by(cast.alice), now=now).is_permitted
    assert isinstance(desk.join(parts, cast.chemistry), Opened), "the parts were kept"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r138_who_opens_an_upload_while_the_folder_is_being_deleted_waits_and_is_refused(cast, desk, now):
    """The deletion has looked at what is in the folder and has not ended when the upload asks to come in."""
    is_deleting, outcome = threading.Event(), []

    def deletes():
        def pause(execute, sql, params, many, context):
            answer = execute(sql, params, many, context)
            if 'INSERT INTO "cathedra_folderbin"' in sql:
                is_deleting.set()
                while not _somebody_waits():
                    assert opens.is_alive(), outcome
            return answer

        with connection.execute_wrapper(pause):
            delete_folder(cast, now)

    def asks():
        assert is_deleting.wait(60)
        outcome.append(desk.open(cast.chemistry))

    opens, deletion = (threading.Thread(target=_closing, args=(work,)) for work in (asks, deletes))
    for thread in (opens, deletion):
        thread.start()
    for thread in (opens, deletion):
        thread.join(60)
    assert [rule(one) for one in outcome] == [(Code.RECYCLED, "R138")]
    assert Folder.objects.get(id=cast.chemistry).recycled_in_id
    assert not Recording.objects.exists()


def _closing(work):
    try:
        work()
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
        return bool(cursor.fetchone()[0])


def test_bytes_are_counted_as_before_where_nothing_was_deleted(cast, desk, now):
    opened = desk.open(cast.chemistry)
    assert desk.send(opened.upload_id, b"0123") == Advanced(4, now + KEEP, is_complete=False)
