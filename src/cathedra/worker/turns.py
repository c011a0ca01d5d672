"""Whose turn it is with a processor (R60): in the order of the classes, and every other time whoever waited longest."""

from collections.abc import Iterable

from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from cathedra.domain.jobs import Queue, Turn, turn_queue

# The queues of what takes a processor. The first holds what was asked for before there were classes.
CPU_QUEUES = (Queue.CPU.value, *(turn_queue(turn) for turn in reversed(Turn) if turn is not Turn.EDITS))
# Some seconds of work that its editor waits for: it has a place beside the others, for it would else wait until an encode
# or the reading of slides ends, and takes no turn from them.
EDIT_QUEUES = (turn_queue(Turn.EDITS),)


class Turns(JobManager):
    """Takes jobs as Procrastinate does, the highest class first, and guarantees every class its turns: every other job is
    of the class that was served longest ago among those where something waits. So however steadily work of one class comes,
    each other has its share, one job of twice as many as there are classes at least, also where one job runs at a time.
    """

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self._served = dict.fromkeys(CPU_QUEUES, 0)
        self._count = 0
        self._is_in_order = True

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job of these queues; None when none waits that may be done now."""
        names = list(queues or ())
        if not set(names) <= set(CPU_QUEUES):
            return await super().fetch_job(names, worker_id)
        in_order, self._is_in_order = self._is_in_order, not self._is_in_order
        job = await (super().fetch_job(names, worker_id) if in_order else self._longest_waiting(names, worker_id))
        if job is None:
            self._is_in_order = True  # nobody waits: the next look is one question again
            return None
        self._count += 1
        self._served[job.queue] = self._count
        return job

    async def _longest_waiting(self, names: list[str], worker_id: int) -> Job | None:
        for name in sorted(names, key=lambda one: self._served[one]):
            job = await super().fetch_job([name], worker_id)
            if job is not None:
                return job
        return None
