"""What is heard of a recorder, what it reports, and who is told when nothing is heard (R158, R164, N43)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cathedra.actions import recorders as actions
from cathedra.actions.recorders import Heard, NewError
from cathedra.db.models import AuditEvent, Notice, RecorderConnection, RecorderError
from cathedra.db.reads import recorders as reads
from cathedra.domain.ingest import ErrorSeverity, RecorderState, Span
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.actions.scheduling.rooms import at, schedule

BEAT = Heard(RecorderState.RECORDING, 10**12, "1.3", has_sound=True)


def hear(device, beat, now):
    return actions.hear_recorder(beat, actor=device.actor, now=now)


def watch(now):
    return actions.watch_recorders(actor=system_actor(), now=now)


@pytest.fixture
def lecture(cast, room, now):
    return schedule(cast, room, Span(at(5, 9), at(5, 10)), now=now).recordings[0][0]


def test_r158_a_heartbeat_says_what_it_does(first, room, now):
    assert hear(first, BEAT, now).is_permitted
    row = reads.find_connection(room.first)
    assert (row.facts.state, row.facts.heard_at, row.free_bytes, row.version) == ("recording", now, 10**12, "1.3")
    for state in (RecorderState.BLOCKED, RecorderState.DISCONNECTED):
        assert hear(first, replace(BEAT, state=state), now).code is Code.BAD_REQUEST
    assert reads.find_connection(room.first).facts.state == "recording"
    assert RecorderConnection.objects.exclude(heard_at=None).count() == 1, "its own alone"
    assert actions.hear_recorder(BEAT, actor=Actor(None, Channel.WEB), now=now).code is Code.NOT_FOUND


def test_r164_nothing_heard_five_minutes_after_the_start_is_told_to_technicians_once(cast, first, room, lecture):
    hear(first, BEAT, at(5, 8, 50))
    assert watch(at(5, 9, 4)) == 0
    assert watch(at(5, 9, 5)) == 1
    assert watch(at(5, 9, 6)) == 1
    (told,) = Notice.objects.filter(kind="N43")
    assert (told.recipient_id, told.values["place"]) == (cast.ben, "Lecture Block, LB 1")
    assert watch(at(5, 10)) == 0, "its time is over"


def test_r164_one_that_was_never_connected_is_told_of_and_one_that_is_heard_is_not(cast, room, first, lecture, now):
    schedule(cast, room, Span(at(5, 9), at(5, 10)), recorder_ids=(room.second,), now=now)
    hear(first, BEAT, at(5, 9, 3))
    assert watch(at(5, 9, 6)) == 1
    assert Notice.objects.get(kind="N43").values["place"] == "Lecture Block, LB 2"


def test_r164_ten_minutes_without_a_sound_are_told_of_and_a_sound_in_between_counts(cast, first, lecture):
    silent = replace(BEAT, has_sound=False)
    for minute in range(0, 10, 2):
        hear(first, silent, at(5, 9, minute))
    hear(first, BEAT, at(5, 9, 9))
    for minute in range(10, 20, 2):
        hear(first, silent, at(5, 9, minute))
    assert watch(at(5, 9, 19)) == 0
    hear(first, silent, at(5, 9, 20))
    assert watch(at(5, 9, 20)) == 1
    assert "without a sound" in Notice.objects.get(kind="N43").values["problem"]["sentence"]
    hear(first, replace(BEAT, state=RecorderState.STOPPED, has_sound=False), at(5, 9, 21))
    assert watch(at(5, 9, 22)) == 0


def test_n43_a_fault_is_told_to_technicians_and_a_warning_is_only_kept(cast, room, first, now):
    warning = NewError(ErrorSeverity.WARNING, "disk", "E7", "The disk is nearly full", now + timedelta(days=900))
    for one in (warning, replace(warning, severity=ErrorSeverity.FAULT, type="input", text="No signal at input 1")):
        assert actions.report_error(one, actor=first.actor, now=now).is_permitted
    (told,) = Notice.objects.filter(kind="N43")
    assert (told.recipient_id, told.values["said"]) == (cast.ben, "No signal at input 1")
    rows = reads.list_errors(room.first)
    assert [(row.severity, row.text, row.at) for row in rows] == [
        ("fault", "No signal at input 1", now),
        ("warning", "The disk is nearly full", now),
    ], "a clock that runs ahead is set right"
    assert reads.list_errors(room.second) == []
    assert AuditEvent.objects.filter(action="recorder:report_error", facts__recorder_id=room.first).count() == 2


def test_r158_of_what_a_recorder_reports_the_newest_five_hundred_stay(first, room, now):
    old = RecorderError(recorder_id=room.first, severity="info", type="x", text="old", at=now, heard_at=now)
    RecorderError.objects.bulk_create([old.__class__(**{**_fields(old), "text": str(n)}) for n in range(505)])
    new = NewError(ErrorSeverity.INFO, "x", "", "newest", now)
    assert actions.report_error(new, actor=first.actor, now=now).is_permitted
    assert RecorderError.objects.count() == 500
    assert reads.list_errors(room.first)[0].text == "newest"


def _fields(row):
    return {name: getattr(row, name) for name in ("recorder_id", "severity", "type", "at", "heard_at")}
