"""The job: made and offered, left out with a sentence, lost, repeated, cleared away; the recording is untouched (R59)."""

import dataclasses
import uuid

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import audio_description as actions
from cathedra.actions.encoding import Outcome
from cathedra.adapters.ffmpeg import RunFailed
from cathedra.db.models import AudioDescription, AuditEvent, MeterEntry, Notice, Recording, Stream
from cathedra.db.reads import encoding as encoding_reads
from cathedra.domain.encoding import Problem, problem_probe
from tests.actions.audio_description.conftest import SYSTEM
from tests.domain.test_encoding import probe, sound
from tests.fakes.encoder import ScriptedProber

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def untouched(desk):
    """Everything that the recording's own row and streams say."""
    streams = Stream.objects.filter(recording_id=desk.id)
    return Recording.objects.filter(id=desk.id).values().get(), list(streams.values()), MeterEntry.objects.count()


def gives(desk, found):
    desk.room.tools = dataclasses.replace(desk.room.tools, prober=ScriptedProber(found))


def test_r212_it_is_made_and_offered_to_viewers(desk):
    before = untouched(desk)
    desk.add()
    assert desk.prepare() is Outcome.DONE
    one = desk.found()
    assert (one.is_made, one.is_moving, one.percent, one.attempt) == (True, False, None, None)
    row = AudioDescription.objects.get()
    assert (row.codecs, row.made_bytes) == ("mp4a.40.2", len(desk.store.objects[f"stream/{desk.id}/{one.name}.mp4"]))
    playlist = desk.text("primary.m3u8")
    told = f'DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video",URI="{one.name}.m3u8"'
    assert f'NAME="Audio description",LANGUAGE="en-GB",{told}' in playlist
    assert "#EXT-X-BYTERANGE" in desk.text(f"{one.name}.m3u8")
    assert encoding_reads.list_renditions(desk.id)[-1].is_description
    assert untouched(desk) == before, "R96: nothing of it counts, and nothing of the recording changes"
    assert desk.prepare() is Outcome.NOTHING_TO_DO
    assert desk.room.tools.renderer.calls == ["make_first"]
    told = AuditEvent.objects.get(action="recording:prepare_description")
    assert (told.facts["file_ms"], told.facts["lasts_ms"]) == (60_400, 60_000)
    assert list(desk.room.tools.work_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (probe((), (sound(duration_ms=50_000),)), "This file lasts 0:50, and the recording 1:00."),
        (probe((), ()), "There is no sound in this file"),
        (problem_probe(Problem.NOT_MEDIA), "There is no sound in this file"),
        (problem_probe(Problem.TOO_COSTLY), "so it was stopped"),
    ],
)
def test_r59_what_cannot_be_used_is_left_out_with_a_sentence_to_its_people(desk, found, said):
    before = untouched(desk)
    desk.add()
    gives(desk, found)
    assert desk.prepare() is Outcome.REFUSED
    one = desk.found()
    assert said in one.problem.format(**one.problem_values)
    assert (one.is_moving, one.is_made, desk.made(), untouched(desk)) == (False, False, [], before)
    assert desk.prepare() is Outcome.NOTHING_TO_DO
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient_id, notice.link) == (
        "N8",
        desk.cast.alice,
        f"/recordings/{desk.id}/audio-description/",
    )
    assert AuditEvent.objects.filter(action="recording:description_failed").count() == 1
    assert "describes-video" not in desk.text("primary.m3u8")


def test_r59_what_goes_wrong_with_us_is_tried_again_and_then_given_up_with_a_sentence(desk):
    before = untouched(desk)
    desk.add()
    desk.room.tools.renderer.failing = {"make_first"}
    for _attempt in range(2):
        with pytest.raises(RunFailed):
            desk.prepare()
    assert desk.found().is_moving
    assert actions.abandon_description(desk.id, actor=SYSTEM, now=desk.now, why="ffmpeg")
    assert not actions.abandon_description(desk.id, actor=SYSTEM, now=desk.now, why="ffmpeg")
    assert "could not be prepared, and trying again did not help" in desk.found().problem
    assert untouched(desk) == before
    assert ProcrastinateJob.objects.filter(queueing_lock__endswith=":settle").count() == 1
    desk.room.tools.renderer.failing = set()
    assert desk.add(b"another").is_permitted
    assert desk.prepare() is Outcome.DONE


def test_another_file_takes_the_place_of_one_that_is_being_prepared(desk):
    desk.add(b"one")
    one = desk.found()
    make_first = desk.room.tools.renderer.make_first

    def meanwhile(*words, **options):
        desk.room.tools.renderer.make_first = make_first
        desk.add(b"two")
        return make_first(*words, **options)

    desk.room.tools.renderer.make_first = meanwhile
    assert desk.prepare() is Outcome.LOST
    assert not desk.found().is_made
    assert desk.prepare() is Outcome.DONE
    two = desk.found()
    assert desk.made() == [f"{two.name}.m3u8", f"{two.name}.mp4"]
    assert one.name not in desk.text("primary.m3u8")


def test_until_another_is_prepared_viewers_keep_the_one_that_is_there(desk):
    desk.add(b"one")
    desk.prepare()
    one = desk.found()
    desk.add(b"two")
    assert f"{one.name}.m3u8" in desk.made()
    assert one.name in desk.text("primary.m3u8")
    desk.prepare()
    assert desk.made() == [f"{desk.found().name}.m3u8", f"{desk.found().name}.mp4"]


def test_what_is_removed_is_in_no_playlist_and_leaves_no_file(desk):
    desk.add()
    desk.prepare()
    desk.remove()
    assert desk.prepare() is Outcome.NOTHING_TO_DO
    assert (desk.made(), "describes-video" in desk.text("primary.m3u8")) == ([], False)
    assert not [key for key in desk.store.objects if "described" in key]


def test_a_file_that_is_not_there_any_more_and_a_recording_that_is_gone(desk):
    desk.add()
    desk.store.delete(desk.found().object_key)
    assert desk.prepare() is Outcome.REFUSED
    assert "not there any more" in desk.found().problem
    gone = uuid.uuid4()
    assert desk.prepare(gone) is Outcome.NOTHING_TO_DO
    assert not actions.abandon_description(gone, actor=SYSTEM, now=desk.now, why="")


def test_what_was_made_and_is_not_there_is_made_again(desk):
    desk.add()
    desk.prepare()
    desk.store.delete(f"stream/{desk.id}/{desk.found().name}.mp4")
    assert desk.prepare() is Outcome.DONE
    assert f"{desk.found().name}.mp4" in desk.made()


def test_in_the_archive_nothing_is_made(desk):
    desk.add()
    Stream.objects.filter(recording_id=desk.id).delete()
    assert desk.prepare() is Outcome.NOTHING_TO_DO
    assert desk.found().is_moving
