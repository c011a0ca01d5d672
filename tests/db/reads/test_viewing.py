"""What views are measured with, and what is listed of them (R215)."""

from datetime import timedelta

from cathedra.db.models import Edit, ViewProgress
from cathedra.db.reads import viewing as reads
from cathedra.domain.library import UNEDITED, MediaState
from tests.lectures import lecture


def test_viewers_are_listed_the_last_first_and_averaged(cast, now):
    made, other = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    assert (reads.find_totals(made), reads.average_percent(made), reads.list_viewers(made)) == (None, None, [])
    for place, (who, percent) in enumerate(((cast.ben, 40), (cast.eve, 61))):
        later = now + timedelta(minutes=place)
        ViewProgress.objects.create(
            recording_id=made, account_id=who, watched=b"", percent=percent, first_at=now, last_at=later
        )
    ViewProgress.objects.create(
        recording_id=other, account_id=cast.ben, watched=b"", percent=99, first_at=now, last_at=now
    )
    assert reads.average_percent(made) == 50.5
    assert [(one.name, one.login_name, one.percent) for one in reads.list_viewers(made)] == [
        ("Eve", "eve", 61),
        ("Ben", "ben", 40),
    ]
    assert [one.name for one in reads.list_viewers(made, limit=1)] == ["Eve"]


def test_places_in_what_is_shown_lie_on_the_whole_recording(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    unready = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    assert reads.edits_shown(made) == reads.edits_shown(unready) == UNEDITED
    Edit.objects.create(recording_id=made, version=1, cuts=[[0, 10_000]], made_at=now)
    assert (reads.original_of(made, 0), reads.original_of(made, 5000)) == (10_000, 15_000)
    assert list(reads.lengths([made, unready, cast.ben])) == [made]
