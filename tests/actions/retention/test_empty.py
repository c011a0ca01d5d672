"""Emptying one's own bin: all that nothing keeps, for good, and nobody else's (R109, R130, R137)."""

from datetime import timedelta

import pytest

from cathedra.actions import publishing, retention
from cathedra.db.models import Hold, MeterEntry
from cathedra.db.reads import retention as reads
from cathedra.domain.metering import Category
from cathedra.domain.terms import Code
from tests.actions.retention.archives import by, is_proved, keeping, kept, local, stores

NOW = local(2026, 11, 2, 10)


@pytest.mark.slow
def test_r109_r130_r137_what_is_own_and_kept_by_nothing_goes_and_the_hours_said_are_the_hours_freed(cast):
    where = stores()
    going, held, played, archived, live = (kept(cast, where, NOW, title=str(one)) for one in range(5))
    theirs = kept(cast, where, NOW, title="Theirs", owner=cast.eve)
    assert retention.archive_media(archived, actor=by(cast.alice), now=NOW, stores=where) is None
    copied = publishing.copy_recording(played, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    for one in (going, held, played, archived, theirs):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    for one in (held, copied.recording_id):
        Hold.objects.create(recording_id=one, kind="legal", opened_at=NOW)
    rows = reads.list_own_bin(cast.alice)
    assert {(row.id, row.is_kept, row.freed_seconds) for row in rows[:2]} == {(going, False, 60), (archived, False, 0)}
    assert {row.id for row in rows if row.is_kept} == {held, played}
    every = [going, held, played, archived, live, theirs]
    found = retention.empty_bin(every, actor=by(cast.alice), now=NOW + timedelta(hours=1))
    assert (found.recordings, found.seconds) == (2, 60)
    assert [decision.code for decision in found.kept] == [Code.HELD, Code.HELD]
    entries = MeterEntry.objects.filter(recording_id__in=(going, archived), category=Category.STORED, at__gt=NOW)
    assert -sum(entry.delta_s for entry in entries) == found.seconds
    states = [keeping(one) for one in (going, held, played, archived, live, theirs)]
    assert states == ["PURGED", "RECYCLED", "RECYCLED", "PURGED", "ONLINE", "RECYCLED"]
    again = retention.empty_bin(every, actor=by(cast.alice), now=NOW + timedelta(hours=2))
    assert (again.recordings, len(again.kept)) == (0, 2)
    assert is_proved(NOW + timedelta(hours=2))
    assert retention.empty_bin(every, actor=by(None), now=NOW) == retention.Emptied()


@pytest.mark.slow
def test_r135_r137_what_somebody_deletes_after_the_bin_was_shown_stays_there(cast):
    shown, late = (kept(cast, stores(), NOW, title=title) for title in ("Shown", "Late"))
    assert retention.recycle_recording(shown, actor=by(cast.alice), now=NOW).is_permitted
    seen = [row.id for row in reads.list_own_bin(cast.alice)]
    assert retention.recycle_recording(late, actor=by(cast.dev), now=NOW, reason="Asked for.").is_permitted
    assert retention.empty_bin(seen, actor=by(cast.alice), now=NOW).recordings == 1
    assert (keeping(shown), keeping(late)) == ("PURGED", "RECYCLED")
    assert retention.empty_bin([], actor=by(cast.alice), now=NOW) == retention.Emptied()
