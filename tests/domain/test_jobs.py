"""The kinds of job."""

import ast
from datetime import date, timedelta
from pathlib import Path

import cathedra.domain
from cathedra.domain.jobs import Job, JobKind, Queue, Turn, turn_of


def test_a_job_waits_in_the_queue_of_short_work_unless_it_says_otherwise():
    job = Job(JobKind.SEND_NOTICES, {})
    assert (job.queue, job.priority, job.lock, job.queueing_lock) == (Queue.IO, 0, None, None)


DAY = date(2026, 11, 2)


def test_r60_what_is_made_of_a_recording_waits_in_its_class():
    def turn(origin, captured=None, *, submission=False, restoring=False):
        return turn_of(origin, captured, is_submission=submission, is_restoring=restoring, today=DAY)

    for origin in ("scheduled", "adhoc_room", "webcast"):
        assert turn(origin, DAY) is Turn.CAPTURES_OF_TODAY
        assert turn(origin, DAY - timedelta(days=1)) is Turn.CAPTURES
        assert turn(origin) is Turn.CAPTURES
    for origin in ("browser", "desktop", "mobile"):
        assert turn(origin, DAY) is Turn.CAPTURES
    assert turn("upload") is turn("import", DAY) is Turn.UPLOADS
    assert turn("upload", submission=True) is turn("browser", DAY, submission=True) is Turn.SUBMISSIONS
    assert turn("scheduled", DAY, submission=True) is Turn.CAPTURES_OF_TODAY
    assert turn("scheduled", DAY, restoring=True) is turn("upload", submission=True, restoring=True) is Turn.RESTORES


def test_r60_the_classes_are_in_the_order_of_the_rule():
    order = sorted(Turn, reverse=True)
    assert order == [
        Turn.EDITS, Turn.CAPTURES_OF_TODAY, Turn.SUBMISSIONS, Turn.CAPTURES, Turn.UPLOADS, Turn.RESTORES,
        Turn.RE_ENCODES, Turn.SLIDES,
    ]  # fmt: skip
    priorities = [priority for turn in order for priority in (turn.priority(is_first=True), turn.priority())]
    assert priorities == sorted(priorities, reverse=True)  # no job of a class is ahead of one of the class before it
    assert len(set(priorities)) == len(priorities)


def test_r60_only_what_takes_a_processor_waits_by_class():
    assert Job(JobKind.ENCODE_LADDER, {}, queue=Queue.CPU, turn=Turn.RESTORES).queue_name == "cpu.restores"
    assert Job(JobKind.PACKAGE_SOURCE, {}, queue=Queue.IO, turn=Turn.RESTORES).queue_name == "io"
    assert Job(JobKind.CUT_EDGES, {}, queue=Queue.CPU).queue_name == "cpu"


def test_no_rule_of_the_domain_speaks_of_jobs():
    """Record of decision 17: a rule says whether, `actions` say when."""
    here = Path(cathedra.domain.__file__).parent
    for path in here.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "cathedra.domain.jobs", path
