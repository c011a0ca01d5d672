"""A recording that cannot be saved anew is as it was, and nothing of the new one stays (R103)."""

import uuid

import pytest

from cathedra.actions import encoding, metering, retention, saving
from cathedra.actions.encoding import Outcome
from cathedra.actions.metering import HourLimits
from cathedra.db.models import AuditEvent, Hold, Notice, Recording, Saving, Source
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.encoding import Problem
from cathedra.domain.terms import Code, SourceId
from tests.actions.editing.conftest import acting
from tests.actions.retention.archives import is_proved
from tests.actions.saving.conftest import CUTS, SYSTEM
from tests.actions.saving.test_save import counted
from tests.actions.test_encoding import jobs
from tests.domain.test_encoding import probe

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told() -> list:
    rows = Notice.objects.filter(kind="SAVING_FAILED").values_list("recipient_id", flat=True)
    return sorted(rows, key=str)


def check_untouched(anew, new, now) -> None:
    """The original plays, nothing of the new one is left, nothing was counted, and it can be asked for again."""
    assert "CLEAR_SAVING" in {kind for kind, *_ in jobs()}
    assert saving.clear_saving(new, store=anew.tools.store)
    assert (anew.row().keeping, anew.row().publication) == ("ONLINE", "PUBLISHED")
    assert not Recording.objects.filter(id=new).exists()
    assert not [key for key in anew.room.objects if str(new) in key]
    row = Saving.objects.get(original_id=anew.id)
    assert (row.recording_id, row.ended_at, bool(row.problem)) == (None, now, True)
    assert (counted(anew.id), counted(new)) == ({"RECORDED": 60, "STORED": 60}, {})
    assert is_proved(now)
    assert AuditEvent.objects.filter(action="recording:save_failed", target_id=str(anew.id)).count() == 1
    assert AuditEvent.objects.filter(action="recording:recycle").count() == 0


@pytest.mark.parametrize("is_packaged", [False, True])
def test_r103_an_encode_that_fails_for_the_last_time_takes_all_of_it_away(anew, cast, now, is_packaged):
    anew.cut()
    new = anew.ask().recording_id
    anew.step(new)
    (source,) = Source.objects.filter(recording_id=new)
    run = {"actor": SYSTEM, "now": now, "attempt": uuid.uuid4()}
    if is_packaged:
        encoding.package_source(SourceId(source.id), tools=anew.tools, **run)
    assert not saving.clear_saving(new, store=anew.tools.store), "not while there is such a recording"
    assert encoding.give_up(SourceId(source.id), why="ffmpeg ended with 1", **run) is Outcome.REFUSED
    assert encoding.encode_ladder(SourceId(source.id), tools=anew.tools, **run) is Outcome.NOTHING_TO_DO
    assert anew.step(new) is Outcome.NOTHING_TO_DO
    check_untouched(anew, new, now)
    assert set(told()) == {cast.alice, cast.dev}, "the service hears of it: trying again did not help"
    assert "ffmpeg" not in str(Notice.objects.filter(kind="SAVING_FAILED").values_list("values", flat=True))
    assert "trying again did not help" in saving.preview_saving(anew.id, actor=acting(cast.alice), now=now).problem
    assert anew.ask().decision.is_permitted


def test_a_join_that_fails_for_the_last_time_is_given_up(anew, now):
    anew.cut()
    new = anew.ask().recording_id
    assert saving.abandon_saving(new, why="it was killed", actor=SYSTEM, now=now)
    assert not saving.abandon_saving(new, why="it was killed", actor=SYSTEM, now=now)
    check_untouched(anew, new, now)


def test_what_is_kept_and_cannot_be_used_fails_it_whole(anew, now):
    anew.cut()
    anew.tools.prober.found = probe((), (), problem=Problem.NOT_MEDIA)
    new = anew.ask().recording_id
    assert anew.step(new) is Outcome.REFUSED
    check_untouched(anew, new, now)


def other_cuts(anew, cast, now):
    anew.cut(CUTS[:1], version=1)


def held(anew, cast, now):
    Hold.objects.create(recording_id=anew.id, kind="legal", opened_at=now)


def a_right_was_lost(anew, cast, now):
    access_writes.remove_member(cast.chemistry, cast.alice, FolderRole.CREATOR)
    access_writes.recompute(cast.chemistry)


@pytest.mark.parametrize("change", [other_cuts, held, a_right_was_lost])
def test_r103_what_the_rules_do_not_allow_any_more_at_the_last_step_is_not_done(anew, cast, now, change):
    anew.cut()
    new = anew.ask().recording_id
    anew.step(new)
    anew.encode(new)
    change(anew, cast, now)
    assert anew.step(new) is Outcome.NOTHING_TO_DO
    check_untouched(anew, new, now)
    assert told() == [cast.alice], "the service is not needed for that"


def test_r103_other_cuts_before_it_was_joined_are_not_joined(anew, cast, now):
    anew.cut()
    new = anew.ask().recording_id
    anew.cut(CUTS[:1], version=1)
    assert anew.step(new) is Outcome.REFUSED
    check_untouched(anew, new, now)


def test_r103_an_original_that_was_deleted_meanwhile_stays_in_the_bin_by_itself(anew, cast, now):
    anew.cut()
    new = anew.ask().recording_id
    anew.step(new)
    anew.encode(new)
    assert retention.recycle_recording(anew.id, actor=acting(cast.alice), now=now).is_permitted
    assert anew.step(new) is Outcome.NOTHING_TO_DO
    assert not Recording.objects.filter(id=new).exists()
    assert counted(anew.id)["STORED"] == 60
    assert is_proved(now)


@pytest.mark.parametrize(("mode", "code"), [("protect_teaching", Code.ALLOW), ("hard", Code.LIMIT_REACHED)])
def test_r108_hours_that_take_the_place_of_others_are_judged_as_what_is_had_back(
    anew, cast, now, site_says, mode, code
):  # fmt: skip
    anew.cut()
    year = metering.calendar().year_of(now).label
    assert metering.set_limits(year, HourLimits(None, 0, None), actor=acting(cast.dev), now=now).is_permitted
    with site_says(LIMIT_MODE=mode):
        assert saving.preview_saving(anew.id, actor=acting(cast.alice), now=now).decision.code is code
        assert anew.ask().decision.code is code
