"""How full each day ended, worked back from now (R104, R107)."""

import random
from datetime import date, timedelta

from cathedra.domain import metering


def test_r104_going_back_from_now_says_what_going_forward_said():
    turns, first = random.Random(5), date(2026, 1, 1)
    for case in range(50):
        days = [first + timedelta(days=step) for step in range(40)]
        changes = {day: turns.randint(-500, 900) for day in days if turns.random() < 0.4}
        before, last = turns.randint(0, 5000), days[turns.randrange(40)]
        level, told = before, []
        for day in days:
            level += changes.get(day, 0)
            told.append((day, level))
        found = metering.history(level, changes, first=first, last=last)
        assert found == tuple(each for each in told if each[0] <= last), case
    assert metering.history(7, {}, first=first, last=first) == ((first, 7),)
    assert metering.history(7, {}, first=first, last=first - timedelta(days=1)) == ()
