"""Every kind of job has its function, and the periodic ones have their time."""

from datetime import UTC, datetime

import croniter
import pytest

from cathedra.domain.jobs import JobKind
from cathedra.worker.handlers import GIVING_UP, HANDLERS, LOCKS, MAIL, PERIODIC


def test_every_kind_has_one_handler():
    assert set(HANDLERS) == set(JobKind)


def test_what_somebody_waits_for_is_given_up_with_a_sentence():
    processing = {JobKind.PROBE_SOURCE, JobKind.PACKAGE_SOURCE, JobKind.ENCODE_LADDER}
    later = {JobKind.CUT_EDGES, JobKind.TRANSCRIBE, JobKind.READ_SLIDES, JobKind.TRY_RETENTION}
    added = {JobKind.PREPARE_DESCRIPTION}
    copying = {
        JobKind.COPY_MEDIA,
        JobKind.MAKE_COPY_FULL,
        JobKind.ARCHIVE_RECORDING,
        JobKind.RESTORE_MEDIA,
        JobKind.SAVE_ANEW,
    }
    assert set(GIVING_UP) == processing | later | copying | added


@pytest.mark.parametrize(("kind", "when"), PERIODIC.items())
def test_periodic_jobs_come_round(kind, when):
    """Within the hour; once a day the reminders of Publishers (N13) and of exemptions (N52), the proof of the ledger (R104), bins (R134) and
    imports (R93)."""
    start = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    first = croniter.croniter(when, start).get_next(datetime)
    daily = (JobKind.REMIND_PUBLISHERS, JobKind.PROVE_METERS, JobKind.TEND_BINS, JobKind.SWEEP_EDGES)
    daily = (*daily, JobKind.CATCH_UP_CAPTIONS, JobKind.TEND_INTAKE, JobKind.MEND_EDITS, JobKind.MEND_LADDERS)
    daily = (*daily, JobKind.WARN_OF_EXEMPTIONS)
    daily = (*daily, JobKind.CHECK_SCHEDULES)
    longest = 86_400 if kind in daily else 3600
    assert 0 < (first - start).total_seconds() <= longest


def test_what_talks_to_mail_servers_runs_one_at_a_time_on_its_own_queue():
    from cathedra.db.writes.notices import SEND

    assert set(LOCKS) == MAIL | {JobKind.TEND_GRANTS, JobKind.TEND_RETENTION, JobKind.TEND_TIMETABLE}
    assert len(set(LOCKS.values())) == len(LOCKS)
    assert (SEND.queue, SEND.lock, SEND.queueing_lock) == ("mail", LOCKS[SEND.kind], LOCKS[SEND.kind])
