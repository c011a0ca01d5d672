"""What views are measured with, and what is listed of them (R215)."""

from datetime import timedelta

from cathedra.db.models import Recording, ViewProgress
from cathedra.db.reads import viewing as reads
from cathedra.domain.library import UNEDITED, Edits, MediaState, Span
from tests.lectures import lecture
from tests.said import cut


def test_viewers_are_listed_the_last_first_and_averaged(cast, now):
    made, other = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    assert (reads.find_totals(made), reads.average_percent(made), reads.list_viewers(made)) == (None, None, [])
    for place, (who, percent) in enumerate(((cast.ben, 40), (cast.eve, 61))):
        later = now + timedelta(minutes=place)
        ViewProgress.objects.create(
            recording_id=made, account_id=who, watched=b"", percent=percent, delivered_ms=1, first_at=now, last_at=later
        )
    ViewProgress.objects.create(
        recording_id=other, account_id=cast.ben, watched=b"", percent=99, first_at=now, last_at=now
    )
    ViewProgress.objects.create(recording_id=made, account_id=cast.dev, watched=b"", first_at=now, last_at=now)
    assert reads.average_percent(made) == 50.5, "who only downloaded it is not among those whose watching is known"
    ViewProgress.objects.filter(account_id=cast.dev).delete()
    assert [(one.name, one.login_name, one.percent) for one in reads.list_viewers(made)] == [
        ("Eve", "eve", 61),
        ("Ben", "ben", 40),
    ]
    assert [one.name for one in reads.list_viewers(made, limit=1)] == ["Eve"]


def test_a_recording_is_measured_with_its_whole_length_and_what_is_cut(cast, now):
    made, copy = lecture(cast.chemistry, cast.alice, now=now), lecture(cast.chemistry, cast.alice, now=now)
    unready = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    assert reads.lengths([made]) == {made: reads.Length(60_000, UNEDITED)}
    Recording.objects.filter(id=copy).update(origin="reference_copy", reference_of_id=made)
    cut(made, (0, 10_000), now=now)
    edits = Edits((Span(0, 10_000),))
    length = reads.Length(60_000, edits)
    assert reads.lengths([made, copy, unready, cast.ben]) == {made: length, copy: length}
    told = reads.lengths([made, copy, unready], versions_told=[(made, 0), (copy, 1), (unready, 1)])
    assert {(one.edits_in(None), one.edits_in(0), one.edits_in(1), one.edits_in(9)) for one in told.values()} == {
        (edits, UNEDITED, edits, edits)
    }
