"""Moves between the tiers are compared and set along R54, and plans are written once (R53, R127)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from cathedra.db import sql
from cathedra.db.models import (
    Analysis,
    Bookmark,
    CaptionTrack,
    Chapter,
    Department,
    Edit,
    Facility,
    Folder,
    Kept,
    Note,
    Recorder,
    Recording,
    RecordingViewer,
    Rendition,
    RetentionItem,
    Schedule,
    ScheduleRecorder,
    Slide,
    Source,
    Stream,
    Tombstone,
    ViewEvent,
    ViewFigures,
    ViewingPosition,
    ViewProgress,
    ViewTotals,
)
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.retention import Joined, RunKind, Why
from tests import said
from tests.lectures import lecture
from tests.watching import watch

HOUR = timedelta(hours=1)


def test_r53_a_move_happens_once_and_only_along_r54(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert not writes.begin_restore(made, by=None, now=now)
    assert not writes.end_restore(made, now=now)
    assert writes.archive(made, {}, now=now)
    assert not writes.archive(made, {}, now=now)
    assert writes.begin_restore(made, by=cast.ben, now=now)
    assert reads.find_restore(made)[1] == cast.ben
    assert writes.fail_restore(made, {}, problem="x" * 2000, now=now)
    assert not writes.fail_restore(made, {}, problem="x", now=now)
    assert writes.resolve_failures(made, now=now)
    assert not writes.resolve_failures(made, now=now)
    assert writes.take_back(made, to="ONLINE", recycled_at=None, now=now) is None
    assert not writes.purge(made, source="RECYCLED", reason="bin", run_id=None, now=now)
    assert writes.purge(made, source="ARCHIVED", reason="run", run_id=None, now=now)
    with pytest.raises(ValueError, match="no row of R54"):
        writes.purge(made, source="ONLINE", reason="run", run_id=None, now=now)
    with pytest.raises(ValueError, match="no row of R54"):
        writes.recycle(made, source="PURGED", by=None, now=now)


_COUNTED = ("views", "anonymous_views", "viewers", "delivered_ms", "last_at", "played_ms", "reached_by")


def test_t30_t37_what_stays_of_a_recording_in_the_archive_and_what_of_one_destroyed(cast, now):
    """In the archive: its rows of files, where they are now (T30). Destroyed: its tombstone alone (R58)."""
    made, other = (lecture(cast.chemistry, cast.alice, now=now, title=title) for title in ("Entropy", "Enthalpy"))
    for one in (made, other):
        _add_made(one, now)
        said.say(one, now=now)
        said.cut(one, (1000, 2000), now=now)
        _add_schedule(one, now)
        watch(one, [cast.ben], now=now, until_ms=5000)
        counted = {name: getattr(ViewTotals.objects.get(recording_id=one), name) for name in _COUNTED}
        ViewFigures.objects.create(recording_id=one, **counted, average_percent=8, renewed_at=now)
        ViewingPosition.objects.update_or_create(
            recording_id=one, account_id=cast.ben, defaults={"position_ms": 1, "updated_at": now}
        )
        Note.objects.create(recording_id=one, account_id=cast.ben, at_ms=1, text="Why?", made_at=now, changed_at=now)
        Bookmark.objects.create(recording_id=one, account_id=cast.ben, at_ms=1, made_at=now)
        RecordingViewer.objects.create(recording_id=one, principal_id=cast.ben, given_at=now)
    first, lost = Source.objects.filter(recording_id=made).order_by("position").values_list("id", flat=True)
    Recording.objects.update(tags=["heat"])
    with transaction():
        assert writes.archive(made, {first: ("archive/a/b", "0f")}, now=now)
    rows = Source.objects.filter(recording_id=made).order_by("position")
    assert [(row.object_key, row.sha256, row.encoded_at, row.attempt) for row in rows] == [
        ("archive/a/b", "0f", None, None),
        ("", "", None, None),
    ]
    assert (rows[1].id, RecordingViewer.objects.count()) == (lost, 2)
    assert [model.objects.filter(recording_id=made).count() for model in (Stream, Rendition, Slide)] == [0, 0, 0]
    kept_words = [CaptionTrack.objects.filter(recording_id=made), Chapter.objects.filter(recording_id=made)]
    assert [len(each) for each in kept_words] == [2, 2], "with everything kept (R120); slides are read again"
    assert [model.objects.filter(recording_id=other).count() for model in (Stream, Rendition)] == [1, 1]
    kept = Kept.objects.get(recording_id=made)
    assert (kept.archived_at, kept.has_leftovers, reads.with_leftovers([made, other])) == (now, True, {made})
    run = uuid4()
    with transaction():
        assert writes.purge(made, source="ARCHIVED", reason="deletion-2028", run_id=run, now=now + HOUR)
    stone, row = Tombstone.objects.get(), Recording.objects.get(id=made)
    path = Folder.objects.get(id=cast.chemistry).path.split(".")
    assert stone.folder_path == " / ".join(Folder.objects.get(id=one).name for one in path)
    assert (stone.recording_id, stone.owner_id, stone.folder_id) == (made, cast.alice, cast.chemistry)
    assert (stone.title, stone.duration_ms, stone.created_at) == ("Entropy", row.duration_ms, row.created_at)
    assert (stone.archived_at, stone.purged_at, stone.reason, stone.run_id) == (now, now + HOUR, "deletion-2028", run)
    assert (row.keeping, row.description, row.dropped, row.updated_at) == ("PURGED", "", [], now + HOUR)
    assert row.tags == []
    of_it = (Source, Stream, Rendition, RecordingViewer, Analysis, CaptionTrack, Chapter, Slide, Edit)
    for model in (*of_it, ViewEvent, ViewFigures, ViewProgress, ViewTotals, ViewingPosition, Note, Bookmark, Schedule):
        assert set(model.objects.values_list("recording_id", flat=True)) == {other}, model
    assert set(ScheduleRecorder.objects.values_list("schedule_id", flat=True)) == {other}
    with transaction():
        assert [writes.tidied(one) for one in (made, other, made)] == ["PURGED", None, None]


# What refers to a recording and outlives it: what was asked and decided about it (who may see it, its use, how long it is
# kept), who saw it under a grant and why (R148), how it came here, what it was saved anew as (R103), what is made of it, and
# that it was kept (R58).
OUTLIVES = {
    "accessrequest", "exemption", "accessgrantitem", "accessgrantuse", "upload", "recording", "hold", "usedeclaration",
    "usecase", "usedecision", "kept", "retentionexemption", "restore", "saving",
}  # fmt: skip


def test_r58_of_everything_that_refers_to_a_recording_it_is_said_whether_it_goes_when_that_is_destroyed():
    statement = sql.text("retention_purge")
    referring = {
        model._meta.db_table
        for model in apps.get_app_config("cathedra").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Recording
    }
    goes = {table for table in referring if f"DELETE FROM {table} " in statement}
    assert referring - goes == {f"cathedra_{name}" for name in OUTLIVES}


def _add_made(recording_id, now) -> None:
    """A second file, which is lost, beside the first, and what was made of that."""
    first = {"object_key": "originals/a/b", "attempt": uuid4(), "encoded_at": now}
    Source.objects.filter(recording_id=recording_id).update(**first)
    Source.objects.create(recording_id=recording_id, position=1, size_bytes=3, object_key="", received_at=now)
    stream = Stream.objects.get(recording_id=recording_id)
    said = {"kind": "VIDEO", "name": "v720", "codecs": "avc1", "peak_bps": 1, "average_bps": 1, "size_bytes": 1}
    Rendition.objects.create(recording_id=recording_id, stream=stream, duration_ms=1000, created_at=now, **said)


def _add_schedule(recording_id, now) -> None:
    """It was recorded in a room of its own."""
    room = Facility.objects.create(name=str(recording_id), department=Department.objects.all()[0], created_at=now)
    device = Recorder.objects.create(facility=room, name="LB 1", created_at=now)
    times = {"starts_at": now, "ends_at": now + HOUR}
    schedule = Schedule.objects.create(recording_id=recording_id, **times)
    ScheduleRecorder.objects.create(schedule=schedule, recorder=device, **times)


def test_r127_lines_and_marks_are_written_once(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    facts = reads.get_facts(made)
    run_id = writes.open_run(reads.calendar().run(RunKind.ARCHIVE, 2027))
    assert writes.open_run(reads.calendar().run(RunKind.ARCHIVE, 2027)) == run_id
    for _turn in range(2):
        writes.add_items(run_id, [(facts, Joined.PLANNED)], now=now)
    (item,) = reads.list_items(run_id, states=("PLANNED",), after=0, limit=5)
    assert [writes.mark(run_id, "frozen_at", now=now) for _turn in range(2)] == [True, False]
    assert [writes.mark_told(run_id, 30, now=now) for _turn in range(2)] == [True, False]
    assert [writes.claim_items([item.id]), writes.settle_item(item.id, why=Why.HELD, now=now)] == [1, True]
    assert [writes.claim_items([item.id]), writes.settle_item(item.id, why=None, now=now)] == [0, False]
    assert RetentionItem.objects.get().why == "HELD"
    with pytest.raises(ValueError, match="no step"):
        writes.mark(run_id, "told", now=now)
