"""Put away how far the trial of a rule is, and what came out. Repeated, the end of it changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cathedra.db.models import RetentionTrial
from cathedra.domain.retention import Rule, Tally
from cathedra.domain.terms import AccountId


def add_trial(rule: Rule | None, *, recordings: int, by: AccountId | None, now: datetime) -> UUID:
    """A trial of a rule, or with None of what is set here, over so many recordings."""
    row = RetentionTrial.objects.create(
        profile=rule.profile if rule else "",
        days=rule.days if rule else 0,
        asked_by_id=by,
        asked_at=now,
        recordings=recordings,
    )
    return row.id


def set_looked_at(trial_id: UUID, recordings: int) -> None:
    """How far it is."""
    RetentionTrial.objects.filter(id=trial_id, ended_at=None).update(looked_at=recordings)


def end_trial(trial_id: UUID, tallies: Iterable[Tally] | None, *, now: datetime) -> bool:
    """What came out; None: it could not be done. False when it had ended."""
    found = None
    if tallies is not None:
        found = [
            (one.run.kind.value, one.run.day.isoformat(), one.recordings, one.seconds, len(one.owners))
            for one in tallies
        ]
    return bool(RetentionTrial.objects.filter(id=trial_id, ended_at=None).update(tallies=found, ended_at=now))


def forget_trials(*, before: datetime) -> int:
    """What was tried before an instant is not kept. Returns how many."""
    return RetentionTrial.objects.filter(asked_at__lt=before).delete()[0]
