"""What is found lags until it is indexed again."""

from cathedra.db.models import Recording
from cathedra.db.writes import library, search
from cathedra.domain.library import Origin


def test_each_change_makes_the_content_a_version_newer(cast, now):
    made = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    assert Recording.objects.get(id=made).content_version == 1
    assert search.touch(made) == 2
    assert search.touch(made) == 3
