"""Whose turn it is with a processor: the order of R60, and that nothing starves."""

import asyncio

import pytest
from procrastinate import App
from procrastinate.contrib.django import connector_params
from procrastinate.jobs import Status

from cathedra.config import Config
from cathedra.db.writes import jobs
from cathedra.domain.jobs import Job, JobKind, Queue, Turn, turn_queue
from cathedra.worker import loop
from cathedra.worker.listening import Listener
from cathedra.worker.turns import CPU_QUEUES, EDIT_QUEUES, Turns

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def ask(*turns: Turn, is_first: bool = False) -> None:
    for turn in turns:
        priority = turn.priority(is_first=is_first)
        told = {"source_id": f"{turn.name}{' first' if is_first else ''}"}
        jobs.enqueue([Job(JobKind.ENCODE_LADDER, told, queue=Queue.CPU, turn=turn, priority=priority)])


def taken(most: int, queues=CPU_QUEUES) -> list[str]:
    """What one slot does, job after job."""

    async def work() -> list[str]:
        app = App(connector=Listener(connector_params()))
        manager = Turns(app.connector)
        done: list[str] = []
        async with app.open_async():
            worker_id = await manager.register_worker()
            while len(done) < most and (job := await manager.fetch_job(queues, worker_id)):
                done.append(job.task_kwargs["source_id"])
                await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            await manager.unregister_worker(worker_id)
        return done

    return asyncio.run(work())


def test_r60_the_first_is_whoever_the_rule_puts_first_and_a_restore_is_behind_uploads():
    ask(Turn.SLIDES, Turn.RESTORES, Turn.UPLOADS, Turn.CAPTURES_OF_TODAY)
    ask(Turn.RESTORES, is_first=True)
    ask(*[Turn.UPLOADS] * 3)
    done = taken(20)
    assert done[0] == "CAPTURES_OF_TODAY"
    assert done[2] == "UPLOADS"  # the turns between are those that every class is guaranteed
    assert done.index("RESTORES first") < done.index("RESTORES")
    assert len(done) == 8


def test_r60_steady_work_of_one_class_does_not_starve_the_others():
    ask(*[Turn.SUBMISSIONS] * 20, Turn.UPLOADS, Turn.RESTORES, Turn.RE_ENCODES, Turn.SLIDES)
    done = taken(16)
    assert {"UPLOADS", "RESTORES", "RE_ENCODES", "SLIDES"} < set(done)
    assert done[::2] == ["SUBMISSIONS"] * 8  # and whoever is first by the rule has every other turn at least


def test_r60_within_a_class_what_somebody_waits_to_watch_goes_before_smaller_versions():
    ask(Turn.UPLOADS, Turn.UPLOADS)
    ask(Turn.UPLOADS, is_first=True)
    assert taken(10) == ["UPLOADS first", "UPLOADS", "UPLOADS"]


WAITS = 60  # seconds after which a job that waits for another one, which cannot begin, is given up


@pytest.mark.parametrize(
    ("long", "short"), [(Turn.SLIDES, Turn.EDITS), (Turn.UPLOADS, Turn.EDITS), (Turn.EDITS, Turn.UPLOADS)]
)
def test_r60_an_edit_does_not_wait_for_what_has_the_processor_and_holds_up_nobody(long, short, tmp_path):
    """However long that takes: here it does not end before the other one is done, with one slot for what takes a
    processor."""

    config = Config(data_dir=tmp_path)
    assert config.worker.cpu_jobs == 1

    async def work() -> None:
        app = App(connector=Listener(connector_params()))
        app.job_manager = Turns(app.connector)
        has_begun, is_done, both = asyncio.Event(), asyncio.Event(), asyncio.Event()

        @app.task(name=JobKind.READ_SLIDES.value)
        async def take_long() -> None:
            has_begun.set()
            await asyncio.wait_for(is_done.wait(), WAITS)
            both.set()

        @app.task(name=JobKind.CUT_EDGES.value)
        async def be_short() -> None:
            is_done.set()

        async with app.open_async():
            workers = loop.start_workers(app, config)
            await app.configure_task(JobKind.READ_SLIDES.value, queue=turn_queue(long)).defer_async()
            await asyncio.wait_for(has_begun.wait(), WAITS)
            await app.configure_task(JobKind.CUT_EDGES.value, queue=turn_queue(short)).defer_async()
            try:
                await asyncio.wait_for(both.wait(), WAITS)
            finally:
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)

    asyncio.run(work())


def test_every_class_has_a_place():
    assert {turn_queue(turn) for turn in Turn} | {Queue.CPU.value} == {*CPU_QUEUES, *EDIT_QUEUES}
    assert not set(CPU_QUEUES) & set(EDIT_QUEUES)


def test_what_was_asked_for_before_there_were_classes_is_done():
    jobs.enqueue([Job(JobKind.ENCODE_LADDER, {"source_id": "old"}, queue=Queue.CPU)])
    assert taken(10) == ["old"]


def test_jobs_of_other_queues_are_taken_as_they_come():
    jobs.enqueue([Job(JobKind.STORE_ORIGINAL, {"source_id": "7"})])
    assert taken(10) == []
    assert taken(10, [Queue.IO.value, Queue.MAIL.value]) == ["7"]
