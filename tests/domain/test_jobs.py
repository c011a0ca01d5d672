"""The kinds of job."""

import ast
from pathlib import Path

import cathedra.domain
from cathedra.domain.jobs import Job, JobKind, Queue


def test_a_job_waits_in_the_queue_of_short_work_unless_it_says_otherwise():
    job = Job(JobKind.SEND_NOTICES, {})
    assert (job.queue, job.priority, job.lock, job.queueing_lock) == (Queue.IO, 0, None, None)


def test_no_rule_of_the_domain_speaks_of_jobs():
    """Record of decision 17: a rule says whether, `actions` say when."""
    here = Path(cathedra.domain.__file__).parent
    for path in here.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "cathedra.domain.jobs", path
