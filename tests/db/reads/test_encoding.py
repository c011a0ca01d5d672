"""What the jobs ask of sources and renditions, on the real database."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.db.models import Folder, Recording
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import encoding as writes
from cathedra.db.writes import jobs
from cathedra.domain import encoding
from cathedra.domain.encoding import Problem, StreamRole
from cathedra.domain.jobs import Job, JobKind, Queue, Turn
from cathedra.domain.library import MediaState
from tests.db.writes.test_encoding import make_source, rendition, stream
from tests.domain.test_encoding import probe

pytestmark = pytest.mark.django_db


def test_a_fresh_source(cast, now):
    recording_id, source_id = make_source(cast, now)
    facts = reads.source_facts(source_id)
    assert (facts.recording_id, facts.position, facts.object_key, facts.probe) == (recording_id, 0, "", None)
    assert (facts.media, facts.attempt, facts.is_packaged, facts.is_refused) == (MediaState.EMPTY, None, False, False)


def test_a_source_that_is_gone_is_said(db):
    with pytest.raises(reads.SourceNotFound):
        reads.source_facts(uuid.uuid4())


def test_a_packaged_source(cast, now):
    recording_id, source_id = make_source(cast, now)
    writes.set_probe(source_id, probe())
    picture = stream(StreamRole.PRIMARY, rendition("p1080"), is_screen=True)
    writes.add_streams(recording_id, source_id, [picture], now=now)
    facts = reads.source_facts(source_id)
    assert (facts.probe, facts.is_packaged, facts.is_screen, facts.is_encoded) == (probe(), True, True, False)
    assert reads.has_screen(recording_id, position=0)
    assert not reads.has_screen(recording_id, position=1)


@pytest.mark.parametrize(
    ("found", "gives"),
    [(probe(), True), (probe(sounds=[]), False), (encoding.problem_probe(Problem.NOT_MEDIA), False)],
    ids=["with sound", "silent", "broken"],
)
def test_whether_the_first_file_gives_the_sound_does_not_depend_on_who_is_faster(cast, now, found, gives):
    recording_id, first = make_source(cast, now)
    _, second = make_source(cast, now, recording_id=recording_id, position=1)
    assert reads.source_facts(second).has_first_sound is False
    writes.set_probe(first, found)
    assert reads.source_facts(second).has_first_sound is gives


def test_renditions_come_with_the_first_files_sound_first(cast, now):
    recording_id, first = make_source(cast, now)
    _, second = make_source(cast, now, recording_id=recording_id, position=1)
    sound = stream(StreamRole.AUDIO, rendition("a0", is_picture=False), source_index=1)
    late = stream(StreamRole.AUDIO, rendition("b0", is_picture=False), source_index=1)
    writes.add_streams(recording_id, second, [late], now=now)
    writes.add_streams(recording_id, first, [stream(StreamRole.PRIMARY, rendition("p720")), sound], now=now)
    assert [row.name for row in reads.list_renditions(recording_id)] == ["p720", "a0", "b0"]


def test_current_attempts(cast, now):
    _, one = make_source(cast, now)
    _, other = make_source(cast, now)
    attempt = uuid.uuid4()
    writes.claim_attempt(one, expected=None, attempt=attempt)
    assert reads.list_current_attempts([one, other]) == {one: attempt}


class TestOrder:
    """R60."""

    @staticmethod
    def waits(source_id, turn, *, kind=JobKind.ENCODE_LADDER, is_first=False):
        priority = turn.priority(is_first=is_first)
        jobs.enqueue([Job(kind, {"source_id": str(source_id)}, queue=Queue.CPU, turn=turn, priority=priority)])

    def test_r60_the_place_in_the_queue_is_in_the_order_of_the_classes(self, cast, now):
        made = [make_source(cast, now) for _ in range(4)]
        for (_, source_id), turn in zip(
            made, (Turn.UPLOADS, Turn.RESTORES, Turn.UPLOADS, Turn.CAPTURES_OF_TODAY), strict=True
        ):
            self.waits(source_id, turn)
        jobs.enqueue([Job(JobKind.STORE_ORIGINAL, {"source_id": str(made[0][1])})])  # waits for something else
        assert [reads.queue_position(recording_id) for recording_id, _ in made] == [2, 4, 3, 1]
        self.waits(made[1][1], Turn.CAPTURES_OF_TODAY, kind=JobKind.PACKAGE_SOURCE, is_first=True)
        assert reads.queue_position(made[1][0]) == 1  # the first of its jobs counts
        ProcrastinateJob.objects.filter(args__source_id=str(made[0][1])).update(status="doing")
        assert reads.queue_position(made[0][0]) is None  # it is its turn
        nothing, _ = make_source(cast, now)
        assert reads.queue_position(nothing) is None

    def test_r60_the_class_of_a_recording_is_read_from_where_it_came_from_and_lies(self, cast, now):
        made, _ = make_source(cast, now)
        rows = Recording.objects.filter(id=made)
        assert reads.turn_of(made, now=now) is Turn.UPLOADS
        rows.update(origin="scheduled", captured_at=now)
        assert reads.turn_of(made, now=now) is Turn.CAPTURES_OF_TODAY
        assert reads.turn_of(made, now=now + timedelta(days=1)) is Turn.CAPTURES
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight where the university is
        rows.update(captured_at=late)
        assert reads.turn_of(made, now=late + timedelta(hours=2)) is Turn.CAPTURES_OF_TODAY
        Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
        rows.update(origin="upload")
        assert reads.turn_of(made, now=now) is Turn.SUBMISSIONS
        rows.update(keeping="RESTORING")
        assert reads.turn_of(made, now=now) is Turn.RESTORES
