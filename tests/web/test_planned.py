"""What is planned for a recording: the run that takes it next, whichever page says so."""

from cathedra.db.models import Kept, Recording
from cathedra.db.reads import retention as reads
from cathedra.domain.retention import RunKind
from cathedra.web.planned import plan_of
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


def test_a_copy_by_reference_goes_with_what_it_plays_r140(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    plan = plan_of(copy, now)
    assert plan.facts.is_reference
    assert (plan.archive_run, plan.deletion.run) == (None, None)
