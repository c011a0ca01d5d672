"""What is planned for a recording: the run that takes it next, whichever page says so."""

import pytest

from cathedra.actions import retention
from cathedra.db.models import Kept, Recording
from cathedra.db.reads import retention as reads
from cathedra.domain.retention import RunKind, Why
from cathedra.domain.terms import Code, deny
from cathedra.web import archived
from cathedra.web.planned import plan_of
from tests.actions.retention.archives import by, kept, local, stores, tend
from tests.lectures import lecture


def test_a_live_recording_has_a_run_that_archives_it_and_an_archived_one_a_run_that_deletes_it_r121(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    plan = plan_of(made, now)
    assert plan.archive_run is not None
    assert (plan.archive_run.kind, plan.deletion.run, plan.facts.seconds) == (RunKind.ARCHIVE, None, 60)
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    Kept.objects.create(recording_id=made, archived_at=now)
    plan = plan_of(made, now)
    assert (plan.archive_run, plan.deletion.run) == (None, reads.calendar().deletion_after(now, now=now))


@pytest.mark.slow
def test_r121_r127_a_page_names_no_run_whose_plan_stands_without_the_recording(cast):
    """Nor a day of deletion that will not come; what came into being since is told the run that finds it."""
    where = stores()
    planned, back = (kept(cast, where, local(2027, 1, 10), title=title) for title in ("Planned", "Back"))
    assert retention.recycle_recording(back, actor=by(cast.alice), now=local(2027, 7, 1)).is_permitted
    tend(local(2027, 8, 2, 4), where)
    later = local(2027, 8, 20)
    assert retention.take_back_recording(back, actor=by(cast.alice), now=later).is_permitted
    new = kept(cast, where, later, title="New")
    runs = [plan_of(one, later).archive_run.name for one in (planned, back, new)]
    assert runs == ["archive-2027", "archive-2028", "archive-2027"]
    live = reads.live_of(cast.alice, now=later)
    assert {facts.recording_id for facts in live if "archive-2027" in facts.left_out_of} == {back}
    tend(local(2027, 9, 1, 0, 5), where)
    assert retention.recycle_recording(new, actor=by(cast.alice), now=local(2028, 7, 20)).is_permitted
    for instant in (local(2028, 6, 2, 4), local(2028, 8, 1, 4)):
        tend(instant, where)
    later = local(2028, 8, 10)
    assert retention.take_back_recording(new, actor=by(cast.alice), now=later).is_permitted
    said = [plan_of(one, later).deletion for one in (planned, new)]
    assert [(one.run.name, one.why) for one in said] == [("deletion-2028", None), ("deletion-2029", Why.NOT_PLANNED)]
    told = archived.dated(new, deny(Code.ARCHIVED, "R121", "x"), later).reasons[0].values
    assert told["deletion_date"] == "2029-08-31"


def test_a_copy_by_reference_goes_with_what_it_plays_r140(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    plan = plan_of(copy, now)
    assert plan.facts.is_reference
    assert (plan.archive_run, plan.deletion.run) == (None, None)
