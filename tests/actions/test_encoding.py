"""Every verb of processing: done, refused, lost, repeated, audited; with scripted tools on the real database."""

import dataclasses
import hashlib
import shutil
import uuid

import pytest

from cathedra.actions import encoding
from cathedra.actions.encoding import Outcome, Tools
from cathedra.adapters import policy_files
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.adapters.probe import Prober
from cathedra.adapters.spool import Spool
from cathedra.config import Encoding
from cathedra.domain import encoding as rules
from cathedra.domain import notices
from cathedra.domain.encoding import Problem
from cathedra.domain.terms import SourceId, UnableTo, system_actor
from tests import media
from tests.domain.test_encoding import PICTURE, probe, sound
from tests.fakes.encoder import ScriptedProber, ScriptedRenderer
from tests.fakes.object_store import MemoryStore

pytestmark = pytest.mark.django_db
ACTOR = system_actor()


@pytest.fixture
def tools(tmp_path):
    return Tools(
        store=MemoryStore(),
        spool=Spool(tmp_path / "incoming"),
        prober=ScriptedProber(probe()),
        renderer=ScriptedRenderer(),
        ladder=rules.parse_ladder(policy_files.read("ladder")),
        work_dir=tmp_path / "work",
        max_hours=24,
    )


@pytest.fixture
def source(cast, tools, tmp_path, now):
    return receive(cast, tools, tmp_path, now)


class Watched:
    """A renderer that remembers what stood in the recording's row after everything it told."""

    def __init__(self, inner, recording_id):
        self._inner, self._recording_id = inner, recording_id
        self.seen = []

    def __getattr__(self, name):
        method = getattr(self._inner, name)

        def listened(*words, on_progress=None, **options):
            if on_progress is None:
                return method(*words, **options)

            def tell(share, seconds_left):
                on_progress(share, seconds_left)
                row = recording(self._recording_id)
                self.seen.append((row.stage, row.stage_percent))

            return method(*words, on_progress=tell, **options)

        return listened


def receive(cast, tools, tmp_path, now, content=b"the bytes as they came", **options):
    from tests.worker.pipeline import Folder
    from tests.worker.pipeline import receive as arrive

    file = tmp_path / "heat.mp4"
    file.write_bytes(content)
    recording_id, source_id = arrive(Folder(tmp_path), file, cast=cast, now=now, **options)
    return recording_id, SourceId(source_id)


def run(verb, source_id, tools, now, attempt=None):
    return verb(source_id, actor=ACTOR, now=now, attempt=attempt or uuid.uuid4(), tools=tools)


def recording(recording_id):
    from cathedra.db.models import Recording

    return Recording.objects.get(id=recording_id)


def events(recording_id):
    from cathedra.db.models import AuditEvent

    rows = AuditEvent.objects.filter(target_id=str(recording_id)).order_by("id")
    return list(rows.values_list("action", flat=True))


def jobs():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name::text, priority, lock FROM procrastinate_jobs ORDER BY id")
        return [row for row in cursor.fetchall() if row[0] not in ("PROBE_SOURCE", "SEND_NOTICES")]


def told(recording_id):
    """Who was told what about a recording, and the values of the last."""
    from cathedra.db.models import Account, Notice

    names = dict(Account.objects.values_list("id", "login_name"))
    rows = list(Notice.objects.filter(link=f"/recordings/{recording_id}/").order_by("kind", "created_at"))
    return [(row.kind, names[row.recipient_id]) for row in rows], notices.said(
        notices.read_back(rows[-1].values), str
    ) if rows else {}


def prepared(source, tools, now):
    run(encoding.probe_source, source[1], tools, now)
    return source


def packaged(source, tools, now):
    prepared(source, tools, now)
    run(encoding.package_source, source[1], tools, now)
    return source


class TestProbe:
    def test_a_copy_is_light_work_that_waits_for_nobody(self, source, tools, now):
        assert run(encoding.probe_source, source[1], tools, now) is Outcome.DONE
        assert recording(source[0]).media_state == "PREPARING"
        assert events(source[0]) == ["recording:prepare"]
        assert jobs() == [("PACKAGE_SOURCE", "io", 35, f"source:{source[1]}")]

    def test_an_encode_needs_a_processor(self, source, tools, now):
        tools.prober.found = probe([dataclasses.replace(PICTURE, codec="hevc")])
        run(encoding.probe_source, source[1], tools, now)
        assert [job[:2] for job in jobs()] == [("PACKAGE_SOURCE", "cpu.uploads")]

    def test_a_refusal_fails_the_recording_with_its_sentence_and_keeps_the_original(self, source, tools, now):
        tools.prober.found = rules.problem_probe(Problem.NO_INDEX)
        assert run(encoding.probe_source, source[1], tools, now) is Outcome.REFUSED
        row = recording(source[0])
        assert row.media_state == "FAILED"
        assert row.failure.startswith("The file ends before its index")
        assert events(source[0]) == ["recording:fail"]
        assert [job[0] for job in jobs()] == ["STORE_ORIGINAL"]
        who, values = told(source[0])
        assert who == [("N7", "alice")]  # T17: the service need not hear of a file that is none
        assert values["problem"].startswith("The file ends before its index")

    def test_the_second_time_nothing_happens(self, source, tools, now):
        run(encoding.probe_source, source[1], tools, now)
        assert run(encoding.probe_source, source[1], tools, now) is Outcome.NOTHING_TO_DO
        assert len(tools.prober.calls) == 1
        assert len(jobs()) == 1

    def test_another_attempt_may_take_over(self, source, tools, now):
        class Slow(ScriptedProber):
            def probe(self, path, *, limits):
                from cathedra.db.models import Source

                Source.objects.filter(id=source[1]).update(attempt=uuid.uuid4())
                return self.found

        slow = dataclasses.replace(tools, prober=Slow(probe()))
        assert run(encoding.probe_source, source[1], slow, now) is Outcome.LOST
        assert recording(source[0]).media_state == "RECEIVED"
        assert jobs() == []

    def test_a_source_that_is_gone_is_no_work(self, tools, now):
        gone = SourceId(uuid.uuid4())
        for verb in (encoding.probe_source, encoding.package_source, encoding.encode_ladder):
            assert run(verb, gone, tools, now) is Outcome.NOTHING_TO_DO
        assert encoding.store_original(gone, actor=ACTOR, now=now, tools=tools) is Outcome.NOTHING_TO_DO
        gave_up = encoding.give_up(gone, actor=ACTOR, now=now, attempt=uuid.uuid4(), why="")
        assert gave_up is Outcome.NOTHING_TO_DO

    def test_a_lost_file_is_an_error_to_try_again(self, source, tools, now):
        tools.spool.delete(source[1])
        with pytest.raises(UnableTo, match="neither in the spool nor"):
            run(encoding.probe_source, source[1], tools, now)

    def test_what_was_left_out_is_said(self, source, tools, now):
        tools.prober.found = probe(stated_ms=3_600_000)
        run(encoding.probe_source, source[1], tools, now)
        (dropped,) = recording(source[0]).dropped
        assert dropped["name"] == "heat.mp4"
        assert dropped["values"] == {"said": "1:00:00", "kept": "1:00"}


class TestPackage:
    def test_it_plays_and_everybody_may_know(self, source, tools, now):
        from cathedra.db.models import Folder

        packaged(source, tools, now)
        row = recording(source[0])
        assert (row.media_state, row.publication, row.duration_ms, row.ready_at) == ("READY", "PUBLISHED", 60_000, now)
        assert Folder.objects.get(id=row.folder_id).newest_at == row.created_at
        assert events(source[0]) == ["recording:prepare", "recording:ready"]
        names = {key.rpartition("/")[2] for key in tools.store.objects}
        assert names == {"p1080.mp4", "p1080.m3u8", "a0.mp4", "a0.m3u8", "poster.jpg", "primary.m3u8"}
        asked = ["PACKAGE_SOURCE", "ENCODE_LADDER", "STORE_ORIGINAL", "TRANSCRIBE", "READ_SLIDES"]
        assert [job[0] for job in jobs()] == asked
        assert list(tools.work_dir.iterdir()) == []
        assert told(source[0]) == ([("N6", "alice")], {"title": row.title, "folder": "Part IA"})

    def test_what_is_left_out_is_told_to_the_owner_when_the_rest_plays_n8(self, source, tools, now):
        tools.prober.found = probe(stated_ms=3_600_000)
        packaged(source, tools, now)
        run(encoding.package_source, source[1], tools, now)
        assert told(source[0])[0] == [("N6", "alice"), ("N8", "alice")]

    def test_what_is_too_short_for_a_second_key_frame_has_a_still_all_the_same(self, source, tools, now):
        short = dataclasses.replace(PICTURE, codec="hevc", duration_ms=3000, frames=90, key_frames=1)
        tools.prober.found = probe([short], [sound(duration_ms=3021)], stated_ms=3000, duration_ms=3000)
        packaged(source, tools, now)
        assert f"stream/{source[0]}/poster.jpg" in tools.store.objects
        assert tools.renderer.calls.count("make_poster") == 2  # near an instant, then exactly there

    def test_the_playlist_never_names_what_is_not_there(self, source, tools, now):
        packaged(source, tools, now)
        text = tools.store.objects[f"stream/{source[0]}/primary.m3u8"].decode()
        assert "p1080.m3u8" in text
        assert "p720" not in text

    def test_the_second_time_only_the_playlists_are_written(self, source, tools, now):
        from cathedra.db.models import MeterEntry

        packaged(source, tools, now)
        del tools.store.objects[f"stream/{source[0]}/primary.m3u8"]
        assert run(encoding.package_source, source[1], tools, now) is Outcome.NOTHING_TO_DO
        assert f"stream/{source[0]}/primary.m3u8" in tools.store.objects
        assert tools.renderer.calls.count("make_first") == 1
        assert events(source[0]).count("recording:ready") == 1
        counted = MeterEntry.objects.order_by("category").values_list("recording_id", "category", "cause", "delta_s")
        assert list(counted) == [(source[0], "RECORDED", "READY", 60), (source[0], "STORED", "READY", 60)]  # R112

    def test_a_copy_that_fails_is_encoded_instead(self, source, tools, now):
        prepared(source, tools, now)
        tools.renderer.failing = {"make_first"}
        assert run(encoding.package_source, source[1], tools, now) is Outcome.DONE
        assert jobs()[-1][:2] == ("PACKAGE_SOURCE", "cpu.uploads")
        tools.renderer.failing = set()
        run(encoding.package_source, source[1], tools, now)
        assert f"stream/{source[0]}/p480.mp4" in tools.store.objects
        assert recording(source[0]).media_state == "READY"

    def test_an_encode_that_fails_is_an_error_to_try_again(self, source, tools, now):
        tools.prober.found = probe([dataclasses.replace(PICTURE, codec="hevc")], [sound(codec="opus")])
        prepared(source, tools, now)
        tools.renderer.failing = {"make_first"}
        with pytest.raises(UnableTo):
            run(encoding.package_source, source[1], tools, now)
        assert recording(source[0]).media_state == "PREPARING"
        assert list(tools.work_dir.iterdir()) == []

    def test_what_dead_attempts_left_goes_first(self, source, tools, now):
        stale = tools.work_dir / f"{source[1]}.{uuid.uuid4()}"
        stale.mkdir(parents=True)
        packaged(source, tools, now)
        assert not stale.exists()

    def test_progress_is_in_the_row_while_it_runs(self, source, tools, now):
        seen = []

        class Watched(ScriptedRenderer):
            def make_first(self, *words, on_progress=None, **options):
                on_progress(0.5, 3.4)
                row = recording(source[0])
                seen.append((row.stage, row.stage_percent, row.stage_estimate_s))
                return super().make_first(*words, on_progress=on_progress, **options)

        watched = dataclasses.replace(tools, renderer=Watched())
        packaged(source, watched, now)
        assert seen == [("Preparing the first version", 50, 3)]

    @pytest.mark.slow
    def test_with_the_real_ffmpeg_each_stage_is_named_rises_and_ends(self, cast, tools, tmp_path, now):
        file = tmp_path / "heat.avi"
        media.ffmpeg(*media.picture("854x480", seconds=8), "-c:v", "mpeg4", "-q:v", "4", file)  # cannot be copied
        found = Prober(Encoding()).probe(file, limits=tools.ladder.limits)
        source = receive(cast, tools, tmp_path, now, content=file.read_bytes())
        unhurried = media.unhurried(tmp_path / "ffmpeg", rate=3)  # eight seconds of it take two at least
        watched = Watched(Ffmpeg(Encoding(ffmpeg=str(unhurried)), tools.ladder), source[0])
        tools = dataclasses.replace(tools, prober=ScriptedProber(found), renderer=watched)
        packaged(source, tools, now)
        between = recording(source[0])
        run(encoding.encode_ladder, source[1], tools, now)
        first, rest = ("Preparing the first version", "Making smaller versions")
        assert list(dict.fromkeys(stage for stage, _ in watched.seen)) == [first, rest]
        for stage in (first, rest):
            percents = [percent for name, percent in watched.seen if name == stage]
            assert percents == sorted(percents), watched.seen
            assert percents[-1] >= 95, watched.seen
        whole = [percent for name, percent in watched.seen if name == rest]
        assert whole[0] < whole[-1], "it was told while it ran"
        assert (between.stage, between.stage_percent) == ("Waiting to make smaller versions", 0)
        after = recording(source[0])
        assert (after.is_ladder_complete, after.stage, after.stage_percent, after.stage_estimate_s) == (
            True,
            "",
            None,
            None,
        )

    def test_a_full_store_is_an_error_to_try_again(self, source, tools, now):
        prepared(source, tools, now)
        tools.store.failing = "The disk is full."
        with pytest.raises(UnableTo, match="The disk is full"):
            run(encoding.package_source, source[1], tools, now)
        assert recording(source[0]).media_state == "PREPARING"


class TestLadder:
    def test_everything_else_comes_from_one_run(self, source, tools, now):
        packaged(source, tools, now)
        assert run(encoding.encode_ladder, source[1], tools, now) is Outcome.DONE
        row = recording(source[0])
        assert (row.is_ladder_complete, row.stage, row.stage_percent) == (True, "", None)
        assert tools.renderer.calls.count("make_rest") == 1
        text = tools.store.objects[f"stream/{source[0]}/primary.m3u8"].decode()
        assert [line for line in text.splitlines() if line.endswith(".m3u8")] == [
            "p1080.m3u8",
            "p720.m3u8",
            "p480.m3u8",
            "p360.m3u8",
        ]
        names = {key.rpartition("/")[2] for key in tools.store.objects}
        assert {"storyboard.vtt", "storyboard-1.jpg", "waveform.json", "scenes.json"} <= names

    def test_the_second_time_only_the_playlists_are_written(self, source, tools, now):
        packaged(source, tools, now)
        run(encoding.encode_ladder, source[1], tools, now)
        run(encoding.encode_ladder, source[1], tools, now)
        assert tools.renderer.calls.count("make_rest") == 1
        assert events(source[0]).count("recording:encode") == 1

    def test_an_attempt_that_lost_its_claim_writes_nothing(self, source, tools, now):
        from cathedra.db.models import Rendition, Source

        packaged(source, tools, now)
        tools.renderer.during = lambda: Source.objects.filter(id=source[1]).update(attempt=uuid.uuid4())
        assert run(encoding.encode_ladder, source[1], tools, now) is Outcome.LOST
        assert not any("p720" in key for key in tools.store.objects)
        assert Rendition.objects.filter(recording_id=source[0]).count() == 2

    def test_nothing_to_play_is_nothing_to_do(self, source, tools, now):
        prepared(source, tools, now)
        assert run(encoding.encode_ladder, source[1], tools, now) is Outcome.NOTHING_TO_DO

    def test_sound_alone_gets_its_waveform(self, source, tools, now):
        tools.prober.found = probe([])
        packaged(source, tools, now)
        run(encoding.encode_ladder, source[1], tools, now)
        assert f"stream/{source[0]}/waveform.json" in tools.store.objects
        assert recording(source[0]).is_ladder_complete


class TestGivingUp:
    def test_before_it_plays_the_recording_fails(self, source, tools, now):
        prepared(source, tools, now)
        encoding.give_up(source[1], actor=ACTOR, now=now, attempt=uuid.uuid4(), why="disk on fire")
        row = recording(source[0])
        assert row.media_state == "FAILED"
        assert "is kept" in row.failure
        assert "disk on fire" not in row.failure
        assert events(source[0])[-1] == "recording:fail"
        assert jobs()[-1][0] == "STORE_ORIGINAL"
        who, values = told(source[0])
        assert sorted(who) == [("N7", "alice"), ("N7", "dev")]  # the owner, and the service after the last attempt
        assert "disk on fire" not in str(values)

    def test_once_it_plays_it_goes_on_playing_and_says_what_is_missing(self, source, tools, now):
        packaged(source, tools, now)
        encoding.give_up(source[1], actor=ACTOR, now=now, attempt=uuid.uuid4(), why="no memory")
        row = recording(source[0])
        assert row.media_state == "READY"
        assert "smaller versions" in row.dropped[0]["sentence"]
        assert row.stage == ""
        who, values = told(source[0])
        assert who == [("N6", "alice"), ("N8", "alice")]
        assert "smaller versions" in values["parts"]

    def test_a_second_file_is_dropped_and_the_recording_plays_on(self, cast, source, tools, now, tmp_path):
        """R59."""
        packaged(source, tools, now)
        second = receive(cast, tools, tmp_path, now, recording_id=source[0], position=1)
        tools.prober.found = rules.problem_probe(Problem.NOT_MEDIA)
        assert run(encoding.probe_source, second[1], tools, now) is Outcome.REFUSED
        row = recording(source[0])
        assert row.media_state == "READY"
        assert row.dropped[0]["name"] == "heat.mp4"
        assert events(source[0])[-1] == "recording:drop_source"
        who, values = told(source[0])
        assert who == [("N6", "alice"), ("N8", "alice")]
        assert values["parts"].startswith("heat.mp4: There is no sound or picture")

    def test_r208_a_sound_that_only_the_second_file_has_is_listened_to(self, cast, source, tools, now, tmp_path):
        from procrastinate.contrib.django.models import ProcrastinateJob

        tools.prober.found = probe([PICTURE], [])
        packaged(source, tools, now)
        listening = ProcrastinateJob.objects.filter(task_name="TRANSCRIBE", status="todo")
        listening.delete()  # it was done, of no sound
        second = receive(cast, tools, tmp_path, now, recording_id=source[0], position=1)
        tools.prober.found = probe([PICTURE], [sound()])
        packaged(second, tools, now)
        assert [job.args["recording_id"] for job in listening] == [str(source[0])]


class TestOriginal:
    def test_it_moves_from_the_spool_into_the_store(self, source, tools, now):
        from cathedra.db.models import Source

        key = f"originals/{source[0]}/{source[1]}"
        for _ in range(2):
            assert encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools) is Outcome.DONE
        assert tools.store.objects[key] == b"the bytes as they came"
        kept = Source.objects.get(id=source[1])
        assert (kept.object_key, kept.sha256) == (key, hashlib.sha256(b"the bytes as they came").hexdigest())
        assert not tools.spool.path(source[1]).exists()
        assert events(source[0]) == ["source:store"]

    def test_processing_goes_on_from_the_store(self, source, tools, now):
        encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools)
        packaged(source, tools, now)
        assert recording(source[0]).media_state == "READY"

    def test_a_put_that_was_not_written_down_is_found_again(self, source, tools, now):
        from cathedra.db.models import Source

        tools.store.put_file(f"originals/{source[0]}/{source[1]}", tools.spool.path(source[1]))
        tools.spool.delete(source[1])
        encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools)
        assert Source.objects.get(id=source[1]).sha256 == hashlib.sha256(b"the bytes as they came").hexdigest()
        packaged(source, tools, now)
        assert recording(source[0]).media_state == "READY"

    def test_an_original_that_is_nowhere_is_not_said_to_be_kept(self, source, tools, now):
        from cathedra.db.models import Source

        tools.spool.delete(source[1])
        with pytest.raises(UnableTo, match="neither in the spool nor"):
            encoding.store_original(source[1], actor=ACTOR, now=now, tools=tools)
        kept = Source.objects.get(id=source[1])
        assert (kept.object_key, kept.sha256) == ("", "")
        assert events(source[0]) == []


def test_work_folders_of_the_dead_are_swept_and_others_stay(source, tools, now):
    import os

    from cathedra.db.models import Source

    held = uuid.uuid4()
    Source.objects.filter(id=source[1]).update(attempt=held)
    folders = {
        "held": tools.work_dir / f"{source[1]}.{held}",
        "stale": tools.work_dir / f"{source[1]}.{uuid.uuid4()}",
        "nobody's": tools.work_dir / "something",
        "young": tools.work_dir / f"{source[1]}.{uuid.uuid4()}",
    }
    for name, path in folders.items():
        path.mkdir(parents=True)
        age = 60 if name == "young" else 7200
        os.utime(path, (now.timestamp() - age, now.timestamp() - age))
    assert encoding.sweep_work_folders(actor=ACTOR, now=now, work_dir=tools.work_dir) == 2
    assert {name for name, path in folders.items() if path.exists()} == {"held", "young"}
    shutil.rmtree(tools.work_dir)
    assert encoding.sweep_work_folders(actor=ACTOR, now=now, work_dir=tools.work_dir) == 0
