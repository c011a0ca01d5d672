"""How recordings are cut, read back."""

from datetime import timedelta

import pytest

from cathedra.db.models import Edit, Recording
from cathedra.db.reads import content as reads
from cathedra.db.writes import content as writes
from cathedra.domain.library import UNEDITED, Edits, Layout, Look, Span
from cathedra.domain.terms import RecordingId, RecordingNotFound
from tests.lectures import lecture

pytestmark = pytest.mark.django_db
CUT = Edits((Span(0, 5000),), (Look(7000, Layout.INSET),))


def test_viewers_have_the_highest_version_that_is_shown_and_editors_the_latest(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert (reads.edits_of(made), reads.editing_facts(made).latest, reads.is_cut(made)) == (UNEDITED, 0, False)
    assert writes.add_edit(made, CUT, after=0, by=cast.alice, now=now) == 1
    assert (reads.edits_of(made), reads.editing_facts(made).edits, reads.is_cut(made)) == (UNEDITED, CUT, True)
    assert writes.show_edit(made, 1, form=1, edited_ms=55_000, now=now)
    assert not writes.show_edit(made, 1, form=1, edited_ms=55_000, now=now)
    writes.add_edit(made, UNEDITED, after=1, by=None, now=now)
    assert (reads.edits_of(made), reads.editing_facts(made).latest) == (CUT, 2)
    assert reads.edits_of_several([made]) == {made: CUT}
    assert [reads.edits_of_version(made, version) for version in (0, 1, 2, 3)] == [UNEDITED, CUT, None, None]
    assert reads.earlier_edits([made, cast.ben]) == {made: {0: UNEDITED, 1: CUT}}, "not what no viewer had"
    assert [(row.version, row.made_by) for row in reads.list_edits(made)] == [(2, ""), (1, "Alice")]
    assert not writes.set_problem(made, 1, "No.")  # viewers have it
    assert writes.set_problem(made, 2, "No.")
    with pytest.raises(RecordingNotFound):
        reads.editing_facts(RecordingId(cast.alice))


def test_only_what_a_later_version_has_replaced_long_ago_is_old(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    for version in (1, 2):
        writes.add_edit(made, CUT, after=version - 1, by=None, now=now)
        writes.show_edit(made, version, form=1, edited_ms=55_000, now=now + timedelta(hours=version))
    assert reads.list_with_old_edges(before=now + timedelta(hours=2)) == ()
    assert reads.list_with_old_edges(before=now + timedelta(hours=3)) == (made,)
    writes.forget_old_edges(made, below=2)
    assert reads.list_with_old_edges(before=now + timedelta(hours=3)) == ()
    assert list(Edit.objects.order_by("version").values_list("is_made", flat=True)) == [False, True]
    writes.forget_made(made)
    assert not Edit.objects.filter(is_made=True).exists()
    assert Recording.objects.get(id=made).edited_ms == 55_000
