"""Questions that come in the same moment, put together as one: where hundreds come a second, each costs a fraction."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class _Batch(Generic[Question, Answer]):
    """What goes together, and the asking of it, from when it has begun."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.asking: asyncio.Future[asyncio.Task[Sequence[Answer]]] = asyncio.get_running_loop().create_future()

    async def answer(self, place: int) -> Answer:
        answers = await asyncio.shield(await asyncio.shield(self.asking))  # one who goes takes nothing from the others
        return answers[place]


class Together(Generic[Question, Answer]):
    """For one event loop. `ask` answers several questions in their order. A question that comes alone is put at once;
    after that the next ones wait `each_s` seconds for each that was just put, `pause_s` at most, and go together, `most`
    at a time: so few wait hardly, and where many come, more and more of them go together. While `at_once` are under way,
    they wait for one of these."""

    def __init__(
        self,
        ask: Callable[[Sequence[Question]], Coroutine[Any, Any, Sequence[Answer]]],
        *,
        each_s: float,
        pause_s: float,
        most: int,
        at_once: int,
    ) -> None:
        self._ask = ask
        self._each_s, self._pause_s = each_s, pause_s
        self._most, self._at_once = most, at_once
        self._waiting: deque[_Batch[Question, Answer]] = deque()
        self._asking: set[asyncio.Task[Sequence[Answer]]] = set()
        self._next: asyncio.TimerHandle | None = None
        self._free_at = 0.0

    async def answer(self, question: Question) -> Answer:
        """The answer to one question. Raises what `ask` raises."""
        if not self._waiting or len(self._waiting[-1].questions) == self._most:
            self._waiting.append(_Batch())
        batch = self._waiting[-1]
        batch.questions.append(question)
        self._go_on()
        return await batch.answer(len(batch.questions) - 1)

    def _go_on(self) -> None:
        if self._waiting and self._next is None and len(self._asking) < self._at_once:
            loop = asyncio.get_running_loop()
            self._next = loop.call_at(max(self._free_at, loop.time()), self._put)

    def _put(self) -> None:
        loop = asyncio.get_running_loop()
        batch = self._waiting.popleft()
        self._next, self._free_at = None, loop.time() + min(self._each_s * len(batch.questions), self._pause_s)
        asking = loop.create_task(self._ask(batch.questions))
        self._asking.add(asking)
        asking.add_done_callback(self._told)
        batch.asking.set_result(asking)
        self._go_on()

    def _told(self, asking: asyncio.Task[Sequence[Answer]]) -> None:
        self._asking.discard(asking)
        self._go_on()
