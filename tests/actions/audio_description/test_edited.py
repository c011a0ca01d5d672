"""Cuts, copies, saving anew, the archive and the end: what becomes of an audio description with its recording (R212)."""

import dataclasses
import itertools
import random
import uuid

import av
import numpy
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import editing, publishing, retention
from cathedra.actions.encoding import Outcome, package_source
from cathedra.actions.retention import Stores
from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.db.models import AudioDescription, MeterEntry, Source
from cathedra.db.reads import library as library_reads
from cathedra.domain.encoding import probe_to_json
from cathedra.domain.library import Edits, Span
from cathedra.domain.terms import SourceId
from tests import media
from tests.actions.audio_description.conftest import SYSTEM
from tests.actions.editing import hls
from tests.actions.editing.conftest import acting
from tests.actions.retention.archives import tend
from tests.actions.saving.conftest import KEPT_MS, anew  # noqa: F401 - the fixture stands there
from tests.domain.test_encoding import picture, probe, sound
from tests.fakes.encoder import ScriptedProber
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESCRIBES = "describes-video"


def cutting():
    return ProcrastinateJob.objects.filter(task_name="CUT_EDGES").count()


def test_r212_cuts_apply_to_it_whenever_it_is_added(desk):
    """Before it is cut, viewers of the cut recording are not offered it: nothing that is cut can be asked for."""
    desk.cut((10_000, 20_000))
    asked = cutting()
    desk.add()
    assert desk.prepare() is Outcome.DONE
    assert DESCRIBES not in desk.text("e1-primary.m3u8")
    assert cutting() == asked + 1
    assert desk.show() is Outcome.DONE
    name = desk.found().name
    assert f'{DESCRIBES}",URI="{name}.m3u8"' in desk.text("e1-primary.m3u8")
    assert hls.length(desk.text(f"e1-{name}.m3u8")) == pytest.approx(50, abs=0.03)
    desk.cut((10_000, 20_000), (40_000, 60_000), version=1)
    assert hls.length(desk.text(f"e2-{name}.m3u8")) == pytest.approx(30, abs=0.03)
    assert DESCRIBES in desk.text("e2-primary.m3u8")


def test_r212_what_is_removed_or_replaced_goes_from_every_version(desk):
    desk.add(b"one")
    desk.prepare()
    desk.cut((10_000, 20_000))
    one = desk.found().name
    assert {f"{one}.mp4", f"e1-{one}.m3u8", f"e1-{one}-v1.mp4"} < set(desk.made())
    assert [name for name in desk.made() if name.startswith(f"cut-{one}-")]
    desk.add(b"two")
    assert desk.prepare() is Outcome.DONE
    assert one in desk.text("e1-primary.m3u8"), "until the other one is cut as well"
    desk.show()
    two = desk.found().name
    assert (one in desk.text("e1-primary.m3u8"), two in desk.text("e1-primary.m3u8")) == (False, True)
    assert not [name for name in desk.made() if one in name]
    desk.remove()
    desk.prepare()
    desk.show()
    assert (desk.made(), DESCRIBES in desk.text("e1-primary.m3u8")) == ([], False)


def sweep_sound(path, seconds):
    media.ffmpeg("-f", "lavfi", "-i", f"aevalsrc='0.5*sin(2*PI*(200*t+40*t*t))':s=48000:d={seconds}", path)
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_r212_every_kept_sample_is_heard_at_its_place_and_nothing_of_what_is_cut(desk, tmp_path, seed):
    """With the real encoder, cut anywhere: of a sweep whose pitch says where in the recording it is heard."""
    tools = desk.room.tools
    renderer, prober = Ffmpeg(Encoding(), tools.ladder), Prober(Encoding())
    desk.room.tools = dataclasses.replace(tools, renderer=renderer, prober=prober)
    desk.store.delete(f"stream/{desk.id}/storyboard.vtt")  # its pictures are none
    desk.add(sweep_sound(tmp_path / "mix.wav", 60))
    assert desk.prepare() is Outcome.DONE
    chance = random.Random(seed)
    spans = [(chance.randint(2_000, 15_000), chance.randint(17_000, 30_000)), (chance.randint(33_000, 40_000), 50_001)]
    desk.cut(*spans)
    name = desk.found().name
    kept = [
        (one.start_ms, one.end_ms) for one in Edits.of([Span(*one) for one in spans], duration_ms=60_000).kept(60_000)
    ]
    whole, shown = (desk.store.objects[f"stream/{desk.id}/{one}.mp4"] for one in (name, f"e1-{name}-v1"))
    with av.open(str(desk.room.file("whole.mp4", whole))) as file:
        received = numpy.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    want = numpy.concatenate([received[start * 48 : end * 48] for start, end in kept])
    playlist = desk.text(f"e1-{name}.m3u8")
    heard = hls.samples(playlist, lambda one: desk.store.objects[f"stream/{desk.id}/e1-{one}"], tmp_path, 48_000, kept)
    assert abs(len(want) - len(heard)) <= 2 * 1024
    joins = [0, *numpy.cumsum([(end - start) * 48 for start, end in kept])]
    for begins, ends in itertools.pairwise(joins):
        for at in range(begins + 1440, ends - 5 * 1024, 4800):
            loud = numpy.sqrt(((heard[at : at + 480] - want[at : at + 480]) ** 2).mean())
            assert loud < 0.08, (at / 48_000, loud)
    for piece in fragments.read(desk.room.folder / "whole.mp4").fragments:
        begins, ends = piece.begins * 1000, (piece.begins + piece.lasts) * 1000
        is_cut = any(begins < end and ends > start for start, end in spans)
        assert not (is_cut and whole[piece.offset : piece.offset + piece.length] in shown), piece.begins


def test_r200_a_full_copy_has_one_of_its_own(desk, now):
    keep_original(desk.id, desk.store)
    desk.add()
    desk.prepare()
    asked = publishing.copy_recording(
        desk.id, desk.cast.chemistry, is_full=True, actor=acting(desk.cast.alice), now=now
    )
    made = asked.recording_id
    assert publishing.copy_media(made, desk.id, actor=SYSTEM, now=now, store=desk.store)
    own, one = desk.found(), desk.found(made)
    assert (one.language, one.is_made, one.name) == (own.language, True, own.name)
    assert one.object_key != own.object_key
    assert desk.store.objects[one.object_key] == desk.store.objects[own.object_key]
    assert DESCRIBES in desk.text("primary.m3u8", made)
    assert desk.text(f"{one.name}.m3u8", made)
    calls = len(desk.room.tools.renderer.calls)
    assert desk.prepare(made) is Outcome.NOTHING_TO_DO
    assert len(desk.room.tools.renderer.calls) == calls, "it is not encoded once more"
    desk.remove()
    assert desk.found(made) == one


def test_r103_saved_anew_it_holds_what_is_kept_of_it(anew, desk, cast, now):  # noqa: F811 - the fixture named above
    kept = ScriptedProber(probe((picture(duration_ms=KEPT_MS),), (sound(duration_ms=KEPT_MS),), duration_ms=KEPT_MS))
    whole = ScriptedProber(probe((), (sound(),)))
    anew.room.tools = dataclasses.replace(anew.room.tools, prober=whole)
    anew.cut()
    desk.add()
    asked = anew.ask()
    assert asked.decision.reasons[0].rule == "R41", "not before it is prepared"
    desk.prepare()
    desk.show()
    anew.room.tools = dataclasses.replace(anew.room.tools, prober=kept)
    joined, join = [], anew.tools.renderer.join

    def joining(tracks, folder):
        joined.append([files[0][0].name.partition("-")[0] for files in tracks])
        return join(tracks, folder)

    anew.tools.renderer.join = joining
    new = anew.save()
    one, own = desk.found(new), desk.found(anew.id)
    assert (one.language, one.original_name, one.is_made) == (own.language, own.original_name, False)
    assert one.object_key.startswith(f"originals/{new}/described-")
    parts = desk.store.objects[one.object_key]
    file = fragments.read(desk.room.file("d.mp4", desk.store.objects[f"stream/{anew.id}/{own.name}.mp4"]))
    gone = [each for each in file.fragments if each.begins >= 22 and each.begins + each.lasts <= 30]
    data = desk.store.objects[f"stream/{anew.id}/{own.name}.mp4"]
    assert gone
    assert not any(data[each.offset : each.offset + each.length] in parts for each in gone)
    assert ProcrastinateJob.objects.filter(queueing_lock=f"description:{new}").count() == 1
    assert joined == [["p180"], [own.name]], "it is no sound of the new one's file"
    assert desk.prepare(new) is Outcome.DONE
    assert DESCRIBES in desk.text("primary.m3u8", new)
    counted = MeterEntry.objects.filter(recording_id=new).values_list("category", "delta_s")
    assert list(counted) == [("STORED", KEPT_MS // 1000)], "R96"


def test_r204_a_file_for_download_has_the_recordings_own_sound(desk, now):
    desk.add()
    desk.prepare()
    desk.cut((10_000, 20_000))
    joined = []
    desk.room.tools.renderer.join = lambda tracks, folder: joined.append(tracks) or desk.room.file("joined", b"1")
    editing.join_edited(desk.id, actor=SYSTEM, now=now, attempt=uuid.uuid4(), tools=desk.room.tools)
    assert [path.name.partition("-")[0] for (path, _), *_ in joined[0]] == ["p180"]


def test_r120_r121_it_survives_the_archive_and_is_heard_again_and_r136_is_destroyed_with_it(desk, cast, now):
    where = Stores(desk.store, MemoryStore())
    tools = dataclasses.replace(desk.room.tools, prober=ScriptedProber(probe((), (sound(),))))
    desk.room.tools = tools
    keep_original(desk.id, desk.store, sha256="")
    Source.objects.filter(recording_id=desk.id).update(probe=probe_to_json(probe()))
    desk.add()
    desk.prepare()
    before = library_reads.get_metadata(desk.id)
    one = desk.found()
    row = AudioDescription.objects.get()
    assert before.source_bytes == 1 + one.size_bytes, "disk bytes count it"
    assert before.rendition_bytes == 1 + row.made_bytes
    assert retention.archive_media(desk.id, actor=acting(cast.alice), now=now, stores=where) is None
    assert desk.made() == []
    assert desk.store.objects[one.object_key] == b"a whole mix"
    assert (desk.found().is_made, desk.found().language) == (False, "en-GB")
    assert desk.prepare() is Outcome.NOTHING_TO_DO
    assert retention.request_restore(desk.id, actor=acting(cast.ben), now=now).is_permitted
    assert retention.restore_media(desk.id, actor=SYSTEM, now=now, stores=where)
    asked = ProcrastinateJob.objects.filter(task_name="PREPARE_DESCRIPTION").count()
    ProcrastinateJob.objects.filter(task_name="PREPARE_DESCRIPTION").delete()
    (source,) = Source.objects.filter(recording_id=desk.id).values_list("id", flat=True)
    package_source(SourceId(source), actor=SYSTEM, now=now, attempt=uuid.uuid4(), tools=tools)
    assert (asked, ProcrastinateJob.objects.filter(task_name="PREPARE_DESCRIPTION").count()) == (1, 1)
    assert desk.prepare() is Outcome.DONE
    assert DESCRIBES in desk.text("primary.m3u8")
    assert retention.recycle_recording(desk.id, actor=acting(cast.alice), now=now).is_permitted
    assert retention.purge_recording(desk.id, actor=acting(cast.alice), now=now).is_permitted
    assert desk.found() is None
    tend(now, where)
    assert not [key for key in desk.store.objects if str(desk.id) in key]
