"""What comes in the same moment is asked as one, each gets its own answer, and nobody waits for ever."""

import asyncio

import pytest

from cathedra.edge.together import Together


class Desk:
    """Answers a number with its square, when it is let; keeps what was asked together."""

    def __init__(self, **more):
        self.asked, self.doors = [], asyncio.Event()
        self.doors.set()
        self.together = Together(self.square, **{"each_s": 0.001, "pause_s": 0.001, "most": 100, "at_once": 4} | more)

    async def square(self, numbers):
        self.asked.append(list(numbers))
        await self.doors.wait()
        if -1 in numbers:
            raise ValueError("minus one")
        return [number**2 for number in numbers]


async def until(is_so):
    while not is_so():
        await asyncio.sleep(0.001)


def test_what_is_asked_in_one_moment_goes_together_and_each_gets_its_own_answer(loop):
    async def live():
        desk = Desk()
        found = await asyncio.gather(*[desk.together.answer(number) for number in range(50)])
        assert found == [number**2 for number in range(50)]
        assert desk.asked == [list(range(50))]
        assert await desk.together.answer(7) == 49
        assert desk.asked[1:] == [[7]]

    loop.run(live())


def test_no_more_go_together_than_they_may_and_no_more_at_once(loop):
    async def live():
        desk = Desk(most=3, at_once=2)
        desk.doors.clear()
        asking = [asyncio.create_task(desk.together.answer(number)) for number in range(8)]
        await until(lambda: len(desk.asked) == 2)
        await asyncio.sleep(0.02)
        assert desk.asked == [[0, 1, 2], [3, 4, 5]]  # the others wait for one of these
        desk.doors.set()
        assert await asyncio.gather(*asking) == [number**2 for number in range(8)]
        assert desk.asked[2:] == [[6, 7]]

    loop.run(live())


def test_what_comes_while_a_question_is_under_way_need_not_wait_for_its_answer(loop):
    async def live():
        desk = Desk()
        desk.doors.clear()
        slow = asyncio.create_task(desk.together.answer(1))
        await until(lambda: desk.asked == [[1]])
        later = asyncio.create_task(desk.together.answer(2))
        await until(lambda: desk.asked == [[1], [2]])
        desk.doors.set()
        assert (await slow, await later) == (1, 4)

    loop.run(live())


@pytest.mark.parametrize("pauses", [{"each_s": 0, "pause_s": 3600}, {"each_s": 3600, "pause_s": 0.001}])
def test_the_next_ones_wait_for_as_many_as_were_put_and_no_longer_than_they_may(loop, pauses):
    async def live():
        desk = Desk(**pauses)
        await asyncio.gather(*[desk.together.answer(number) for number in range(50)])
        assert await asyncio.gather(desk.together.answer(2), desk.together.answer(3)) == [4, 9]
        assert desk.asked[1:] == [[2, 3]]

    loop.run(live())


def test_an_error_reaches_all_who_asked_together_and_nobody_after_them(loop):
    async def live():
        desk = Desk()
        found = await asyncio.gather(desk.together.answer(12), desk.together.answer(-1), return_exceptions=True)
        assert [str(one) for one in found] == ["minus one", "minus one"]
        assert await desk.together.answer(4) == 16

    loop.run(live())


def test_who_goes_before_the_answer_takes_it_from_nobody_else(loop):
    async def live():
        desk = Desk()
        desk.doors.clear()
        gone, stays = (asyncio.create_task(desk.together.answer(number)) for number in (2, 3))
        await until(lambda: desk.asked)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        early = asyncio.create_task(desk.together.answer(5))  # and one who goes before it is asked at all
        await asyncio.sleep(0)
        early.cancel()
        desk.doors.set()
        assert await stays == 9
        assert await desk.together.answer(6) == 36

    loop.run(live())
