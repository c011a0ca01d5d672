"""The loop that takes jobs from the queues: retries with patience, gives up with an action, stops without losing any.

The one `except Exception` of the product is here: whatever a handler raises is logged, counted and tried again.
"""

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import connector_params
from procrastinate.jobs import Job

from cathedra import wiring
from cathedra.actions.encoding import Tools
from cathedra.config import Config
from cathedra.domain.jobs import JobKind, Queue
from cathedra.domain.terms import system_actor
from cathedra.worker.handlers import GIVING_UP, HANDLERS, LOCKS, MAIL, PERIODIC
from cathedra.worker.listening import Listener
from cathedra.worker.run import Handler, Run
from cathedra.worker.turns import CPU_QUEUES, EDIT_QUEUES, Turns

_HEARTBEATS_BEFORE_DEAD = 4
_GRACE_SECONDS = 2.0
_INTERRUPTIONS = 10  # a job that its worker never survives is given up too, but restarts of ours must not do that
_log = structlog.get_logger("worker")


class GaveUp(Exception):
    """The last attempt failed and what follows from that was done."""


@dataclass(frozen=True, slots=True)
class Patience(BaseRetryStrategy):
    """How often and after how long a job is tried again."""

    attempts: int
    first_wait_seconds: int = 5

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, GaveUp):
            return None
        if not isinstance(exception, Exception):  # we are being stopped: at once, elsewhere or after the restart
            return RetryDecision(retry_in={"seconds": 0})
        if self.is_last(job.attempts):
            return None
        return RetryDecision(retry_in={"seconds": self.first_wait_seconds * 4**job.attempts})

    def is_last(self, attempts_before: int) -> bool:
        """Whether the attempt that follows so many is the last one."""
        return attempts_before + 1 >= self.attempts


def run_job(
    kind: JobKind,
    arguments: Mapping[str, object],
    attempts_before: int,
    *,
    make_run: Callable[[], Run],
    patience: Patience,
) -> object:
    """One attempt, in a thread. Raises what the handler raised when it shall be tried again, GaveUp when not."""
    log = _log.bind(kind=kind.value, arguments=dict(arguments), attempt=attempts_before + 1)
    giving_up = GIVING_UP.get(kind)
    if giving_up and attempts_before >= patience.attempts + _INTERRUPTIONS:
        _give_up(giving_up, arguments, make_run(), "its worker died every time")
    is_asked_for = kind not in PERIODIC  # what comes round by itself is worth a line only when it did something
    if is_asked_for:
        log.info("job begins")
    try:
        outcome = wiring.in_database(lambda: HANDLERS[kind](make_run(), arguments))
    except Exception as error:
        log.exception("job failed")
        if giving_up and patience.is_last(attempts_before):
            _give_up(giving_up, arguments, make_run(), f"{type(error).__name__}: {error}")
        raise
    if is_asked_for or outcome:
        log.info("job ended", outcome=str(outcome))
    return None


def _give_up(handler: Handler, arguments: Mapping[str, object], run: Run, why: str) -> None:
    wiring.in_database(lambda: handler(replace(run, why=why), arguments))
    raise GaveUp(why)


def register(app: App, tools: Tools, config: Config, patience: Patience) -> None:
    """Tell Procrastinate every kind of job, and when the periodic ones are due."""

    for kind in HANDLERS:
        queue = Queue.MAIL if kind in MAIL else Queue.IO
        task = app.task(name=kind.value, queue=queue.value, pass_context=True, retry=patience, **_one_at_a_time(kind))(
            _coroutine(kind, lambda: _run(tools, config), patience)
        )
        if when := PERIODIC.get(kind):
            app.periodic(cron=when)(task)


def _one_at_a_time(kind: JobKind) -> dict[str, str]:
    """Of some kinds one runs at a time, and one at most waits to."""
    return {"lock": LOCKS[kind], "queueing_lock": LOCKS[kind]} if kind in LOCKS else {}


def _run(tools: Tools, config: Config) -> Run:
    return Run(system_actor(), datetime.now(UTC), uuid4(), tools, config.worker.stalled_seconds)


def _coroutine(kind: JobKind, make_run: Callable[[], Run], patience: Patience) -> Callable[..., object]:
    async def work(context: JobContext, **arguments: object) -> object:
        return await asyncio.to_thread(
            run_job, kind, arguments, context.job.attempts, make_run=make_run, patience=patience
        )

    return work


async def work(config: Config, tools: Tools, *, wait: bool = True) -> None:
    """Take jobs until SIGTERM or SIGINT; with `wait` off, until there are none."""
    app = App(connector=Listener(connector_params()))
    app.job_manager = Turns(app.connector)
    register(app, tools, config, Patience(config.encoding.attempts))
    async with app.open_async():
        workers = start_workers(app, config, wait=wait)
        _stop_on_signals(workers)
        retried = asyncio.create_task(_retry_what_died_before_us(tools, config))
        ended = await asyncio.gather(*workers, retried, return_exceptions=True)
    for result in ended:
        if isinstance(result, Exception):
            raise result


def start_workers(app: App, config: Config, *, wait: bool = True) -> list[asyncio.Task[None]]:
    """One for each kind of place that jobs have, beside each other, so that none waits for another's to be free (R60)."""
    places = (
        (CPU_QUEUES, config.worker.cpu_jobs, 1.0),
        (EDIT_QUEUES, 1, 0.5),
        ((Queue.IO.value, Queue.MAIL.value), config.worker.io_jobs, 0.5),
        ((Queue.SPEECH.value,), 1, 10.0),  # hours of work that nobody waits for
    )
    return [
        asyncio.create_task(_worker(app, list(names), count, config, poll_s=poll_s, wait=wait))
        for names, count, poll_s in places
    ]


async def _retry_what_died_before_us(tools: Tools, config: Config) -> None:
    """At once, rather than when the periodic job is due: after a restart somebody is waiting."""
    run = _run(tools, config)
    await asyncio.to_thread(wiring.in_database, lambda: HANDLERS[JobKind.RETRY_STALLED_JOBS](run, {}))


async def _worker(app: App, queues: list[str], concurrency: int, config: Config, *, poll_s: float, wait: bool) -> None:
    """New jobs are announced; one whose lock was just given back is not, and waits for the next look: `poll_s`."""
    await app.run_worker_async(
        queues=queues,
        name="+".join(dict.fromkeys(queue.partition(".")[0] for queue in queues)),
        concurrency=concurrency,
        wait=wait,
        install_signal_handlers=False,
        fetch_job_polling_interval=poll_s,
        update_heartbeat_interval=config.worker.stalled_seconds / _HEARTBEATS_BEFORE_DEAD,
        stalled_worker_timeout=config.worker.stalled_seconds,
        shutdown_graceful_timeout=_GRACE_SECONDS,
        delete_jobs="successful",
    )


def _stop_on_signals(workers: list[asyncio.Task[None]]) -> None:
    def stop() -> None:
        _log.info("stopping")
        for worker in workers:
            worker.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
