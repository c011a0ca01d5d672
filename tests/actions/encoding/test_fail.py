"""What a file that cannot be used does to its recording, and what is left of one whose ladder was given up."""

import uuid

import pytest

from cathedra.actions import encoding, retention
from cathedra.actions.encoding import Outcome
from cathedra.actions.retention import Stores
from cathedra.db.models import RetentionItem, Source, Stream
from cathedra.db.reads import retention as retention_reads
from cathedra.domain import encoding as rules
from cathedra.domain.encoding import Problem
from cathedra.domain.retention import RunKind, Why, may_archive_by_hand
from tests.actions.retention.archives import by, keeping, local, tend
from tests.actions.test_encoding import ACTOR, events, jobs, packaged, prepared, receive, recording, run, told
from tests.domain.test_encoding import probe
from tests.fakes.object_store import MemoryStore

pytestmark = pytest.mark.django_db
SPRING, FREEZE, NIGHT = local(2027, 1, 10), local(2027, 8, 2, 4), local(2027, 9, 1, 0, 5)
BROKEN = rules.problem_probe(Problem.NOT_MEDIA)


def give_up(source_id, now):
    return encoding.give_up(source_id, actor=ACTOR, now=now, attempt=uuid.uuid4(), why="no memory")


def without_ladder(cast, tools, tmp_path, at):
    """It plays, its ladder was given up, its original is kept."""
    made = packaged(receive(cast, tools, tmp_path, at), tools, at)
    assert give_up(made[1], at) is Outcome.REFUSED
    encoding.store_original(made[1], actor=ACTOR, now=at, tools=tools)
    return made


class TestLadderGivenUp:
    def test_r115_r116_it_is_planned_and_the_archive_run_takes_it(self, cast, tools, tmp_path):
        made, _ = without_ladder(cast, tools, tmp_path, SPRING)
        where = Stores(media=tools.store, archive=MemoryStore())
        assert retention.dry_run(RunKind.ARCHIVE, now=FREEZE).taken.recordings == 1
        tend(FREEZE, where)
        assert RetentionItem.objects.filter(recording_id=made).exists()
        tend(NIGHT, where)
        assert keeping(made) == "ARCHIVED"
        assert list(where.archive.objects.values()) == [b"the bytes as they came"]  # R61: the best copy that there is

    def test_r117_its_owner_may_archive_it_by_hand(self, cast, tools, tmp_path):
        made, _ = without_ladder(cast, tools, tmp_path, SPRING)
        assert retention.archive_recording(made, actor=by(cast.alice), now=FREEZE).is_permitted
        where = Stores(media=tools.store, archive=MemoryStore())
        assert retention.archive_media(made, actor=by(cast.alice), now=FREEZE, stores=where) is None
        assert keeping(made) == "ARCHIVED"

    def test_r116_before_that_it_is_not_ready_and_is_left_alone(self, cast, tools, tmp_path):
        made, source_id = packaged(receive(cast, tools, tmp_path, SPRING), tools, SPRING)
        encoding.store_original(source_id, actor=ACTOR, now=SPRING, tools=tools)
        facts = retention_reads.get_facts(made)
        assert may_archive_by_hand(facts) is Why.NOT_READY

    def test_r116_a_second_file_that_could_not_be_used_does_not_keep_it_from_being_whole(
        self, cast, tools, tmp_path, now
    ):
        first = packaged(receive(cast, tools, tmp_path, now), tools, now)
        second = receive(cast, tools, tmp_path, now, recording_id=first[0], position=1)
        run(encoding.encode_ladder, first[1], tools, now)
        assert not recording(first[0]).is_ladder_complete  # the second may still be made something of
        tools.prober.found = BROKEN
        run(encoding.probe_source, second[1], tools, now)
        assert recording(first[0]).is_ladder_complete


class TestFirstFileFails:
    """R59: only when nothing of it can be played has a recording failed."""

    @pytest.fixture
    def both(self, cast, source, tools, tmp_path, now):
        return source, receive(cast, tools, tmp_path, now, content=b"slides", recording_id=source[0], position=1)

    def test_r59_it_is_dropped_and_the_second_plays_as_the_first(self, both, tools, now):
        first, second = both
        tools.prober.found = BROKEN
        assert run(encoding.probe_source, first[1], tools, now) is Outcome.REFUSED
        row = recording(first[0])
        assert (row.media_state, row.failure) == ("PREPARING", "")
        assert told(first[0])[0] == []  # nothing plays yet, and nothing has failed
        tools.prober.found = probe()
        packaged(second, tools, now)
        row = recording(first[0])
        assert (row.media_state, row.publication, row.duration_ms) == ("READY", "PUBLISHED", 60_000)
        assert [one["sentence"] for one in row.dropped] == [BROKEN_SENTENCE]
        positions = dict(Source.objects.filter(recording_id=first[0]).values_list("id", "position"))
        assert positions == {second[1]: 0, first[1]: 1}
        assert set(Stream.objects.filter(recording_id=first[0]).values_list("role", flat=True)) == {"PRIMARY", "AUDIO"}
        assert sorted(told(first[0])[0]) == [("N6", "alice"), ("N8", "alice")]
        run(encoding.encode_ladder, second[1], tools, now)
        assert recording(first[0]).is_ladder_complete

    def test_r59_what_was_made_of_the_second_as_the_second_goes(self, both, tools, now):
        first, second = both
        packaged(second, tools, now)
        assert any("/s1080" in key for key in tools.store.objects)
        tools.prober.found = BROKEN
        run(encoding.probe_source, first[1], tools, now)
        assert ("PROBE_SOURCE", f"source:{second[1]}") in looked_anew()
        tools.prober.found = probe()
        packaged(second, tools, now)
        names = {key.rpartition("/")[2] for key in tools.store.objects}
        assert names == {"p1080.mp4", "p1080.m3u8", "a0.mp4", "a0.m3u8", "poster.jpg", "primary.m3u8"}

    def test_r59_one_that_its_worker_gave_up_is_dropped_too(self, both, tools, now):
        first, second = both
        prepared(first, tools, now)
        give_up(first[1], now)
        packaged(second, tools, now)
        assert recording(first[0]).media_state == "READY"
        assert events(first[0]).count("recording:fail") == 0

    def test_r59_t17_when_both_fail_the_recording_has_failed_once(self, both, tools, now):
        tools.prober.found = BROKEN
        for _, source_id in both:
            run(encoding.probe_source, source_id, tools, now)
        row = recording(both[0][0])
        assert (row.media_state, row.publication) == ("FAILED", "DRAFT")
        assert events(both[0][0]) == ["recording:drop_source", "recording:fail"]
        assert told(both[0][0])[0] == [("N7", "alice")]
        assert [job[0] for job in jobs()] == ["STORE_ORIGINAL", "STORE_ORIGINAL"]  # both are kept

    def test_r59_a_second_file_that_comes_when_the_first_has_failed_takes_its_place(
        self, cast, source, tools, tmp_path, now
    ):
        tools.prober.found = BROKEN
        run(encoding.probe_source, source[1], tools, now)
        assert recording(source[0]).media_state == "FAILED"
        tools.store.put_bytes(f"stream/{source[0]}/p480.mp4", b"of an attempt that died")
        second = receive(cast, tools, tmp_path, now, recording_id=source[0], position=1)
        tools.prober.found = probe()
        packaged(second, tools, now)
        row = recording(source[0])
        assert (row.media_state, row.failure) == ("READY", "")
        assert BROKEN_SENTENCE in {one["sentence"] for one in row.dropped}
        assert f"stream/{source[0]}/p480.mp4" not in tools.store.objects


BROKEN_SENTENCE = "There is no sound or picture in this file that can be read. Is it really a recording?"


def looked_anew() -> list[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, lock FROM procrastinate_jobs WHERE task_name = 'PROBE_SOURCE'")
        return cursor.fetchall()
