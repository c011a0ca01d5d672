"""Events by COPY, and what is kept of them (R213). Counting itself: tests/actions/test_viewing.py."""

from uuid import uuid4

import pytest
from django.db import transaction

from cathedra.db.models import ViewEvent, ViewingPosition
from cathedra.db.reads import viewing as reads
from cathedra.db.writes import viewing as writes
from cathedra.domain.playback import NotCounted, Progress, Start, Stop
from tests.lectures import lecture


def test_only_new_events_are_written_and_named(cast, now):
    made, session = lecture(cast.chemistry, cast.alice, now=now), uuid4()

    def events(*numbers):
        return [
            writes.Event(session, number, 0, made, None, now, 5, 7, 1.0, Start.SEEK, Stop.END) for number in numbers
        ]

    assert writes.put_events(events(2, 1)) == {(session.int, 1, 0), (session.int, 2, 0)}
    assert writes.put_events(events(2, 3)) == {(session.int, 3, 0)}
    assert writes.put_events([]) == set()
    assert ViewEvent.objects.count() == 3


def test_totals_and_progress_are_what_they_were_set_to(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    held = writes.lock_totals({made: 2}, now=now)
    assert held[made].played_ms == [0, 0]
    held[made].views, held[made].played_ms = 3, [5, 6]
    writes.set_totals(held)
    assert writes.lock_totals({made: 2}, now=now)[made] == reads.find_totals(made) == held[made]
    for percent in (10, 20):
        progress = Progress([1, 1000], percent, 1, 2, 3, now, now)
        writes.set_progress({(made, cast.ben): progress})
        assert reads.progress_of([(made, cast.ben), (made, cast.eve)]) == {(made, cast.ben): progress}
    for place in (5, 9):
        writes.set_positions({(made, cast.ben): place, (made, cast.eve): 1}, now=now)
    assert sorted(ViewingPosition.objects.values_list("position_ms", flat=True)) == [1, 9]


def test_what_the_table_does_not_take_has_a_name_of_its_own(cast, now):
    wrong = writes.Event(uuid4(), 1, 0, cast.ben, None, now, 5, 2**31, 1.0, Start.SEEK, Stop.END)
    with pytest.raises(NotCounted), writes.checked(), transaction.atomic():
        writes.put_events([wrong])
