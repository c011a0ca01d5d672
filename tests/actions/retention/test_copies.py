"""Who looks after a copy by reference hears in time that what it plays is about to be gone (R140)."""

from datetime import timedelta

import pytest

from cathedra.actions import publishing, retention
from cathedra.actions.retention import recycle_by_decision
from cathedra.db.models import Notice
from cathedra.db.writes import access as access_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.actions.retention.archives import SYSTEM, by, kept, local, stores, tend

NOW, DAY = local(2026, 11, 2, 10), timedelta(days=1)


def copy_of(cast, original, now=NOW):
    made = publishing.copy_recording(original, cast.physics, is_full=False, actor=by(cast.alice), now=now)
    assert made.decision.is_permitted
    return made.recording_id


def told(kind="ORIGINAL_IN_BIN") -> list:
    rows = Notice.objects.filter(kind=kind).order_by("created_at", "id")
    return [(row.recipient_id, row.link, row.values) for row in rows]


def people(kind="ORIGINAL_IN_BIN") -> set:
    return {recipient for recipient, _link, _values in told(kind)}


@pytest.fixture
def physics(cast):
    """Alice copies into a folder where Eve is a Creator too."""
    for who in (cast.alice, cast.eve):
        access_writes.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=NOW)


@pytest.mark.slow
def test_r140_creators_with_a_copy_hear_when_its_original_comes_to_the_bin_and_before_it_is_gone(cast, physics):
    where = stores()
    made, lonely = kept(cast, where, NOW), kept(cast, where, NOW, title="Without copies")
    copied = copy_of(cast, made)
    for one in (made, lonely):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    assert people() == {cast.eve}, "whoever put it there knows"
    ((_eve, link, values),) = told()
    assert (link, values["until"]) == (f"/recordings/{copied}/", {"day": "2027-01-31"})
    for days in (75, 76, 77, 80):
        retention.tend_bins(actor=SYSTEM, now=NOW + days * DAY)
    soon = [recipient for recipient, _link, _values in told()]
    assert sorted(map(str, soon)) == sorted(map(str, [cast.eve, cast.eve, cast.alice])), "once more, to both"
    assert publishing.make_full(copied, actor=by(cast.eve), now=NOW + 80 * DAY).is_permitted, "there is time left"


@pytest.mark.slow
def test_r140_with_a_whole_folder_too_but_not_for_a_copy_that_goes_with_it_nor_for_a_decision(cast, physics):
    where = stores()
    made, inside, decided = (kept(cast, where, NOW, title=title) for title in ("Made", "Inside", "Decided"))
    copied, held = copy_of(cast, made), copy_of(cast, decided)
    with transaction():
        recycle_by_decision(decided, reason="x", actor=by(cast.dev), now=NOW)
    assert told() == [], "a decision is not got round by a copy"
    publishing.copy_recording(inside, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    assert retention.recycle_folder(cast.chemistry, actor=by(cast.dev), now=NOW).decision.is_permitted
    assert {link for _who, link, _values in told()} == {f"/recordings/{copied}/"}
    assert people() == {cast.alice, cast.eve}
    retention.tend_bins(actor=SYSTEM, now=NOW + 80 * DAY)
    assert f"/recordings/{held}/" not in {link for _who, link, _values in told()}


@pytest.mark.slow
def test_r140_r125_before_a_deletion_run_too_at_each_of_its_steps(cast, physics):
    where = stores()
    made = kept(cast, where, local(2025, 3, 1))
    copied = copy_of(cast, made, local(2025, 3, 2))
    assert retention.archive_media(made, actor=by(cast.alice), now=local(2025, 9, 1, 1), stores=where) is None
    for day in (local(2026, 6, 2, 3), local(2026, 6, 2, 4), local(2026, 8, 1, 3)):
        tend(day, where)
    rows = told("ORIGINAL_IN_RUN")
    assert people("ORIGINAL_IN_RUN") == {cast.alice, cast.eve}
    assert {(link, str(values["day"])) for _who, link, values in rows} == {
        (f"/recordings/{copied}/", "{'day': '2026-08-31'}")
    }
    assert len(rows) == 2 * 2, "90 and 30 days before, once each"
    assert retention.request_restore(copied, actor=by(cast.eve), now=local(2026, 8, 2)).is_permitted, "a way out"
