"""Rules tried on the library by a job: how far that is, and what they would do. For staff pages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cathedra.db.models import Recording, RetentionTrial
from cathedra.domain.retention import Profile, Rule, RunKind
from cathedra.domain.terms import NotFound


class TrialNotFound(NotFound):
    """No trial has this id."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one run would take."""

    kind: RunKind
    day: date
    recordings: int
    seconds: int
    people: int


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A trial as it stands. `rule` None: as it is set here."""

    id: UUID
    rule: Rule | None
    asked_at: datetime
    recordings: int
    looked_at: int
    ended_at: datetime | None
    tallies: tuple[Tried, ...] | None

    @property
    def percent(self) -> int:
        """How much of the library was looked at."""
        return min(100, 100 * self.looked_at // max(1, self.recordings))


def get_trial(trial_id: UUID) -> TrialRow:
    """Raises TrialNotFound."""
    row = RetentionTrial.objects.filter(id=trial_id).first()
    if row is None:
        raise TrialNotFound(str(trial_id))
    return _row(row)


def find_trial(rule: Rule | None) -> TrialRow | None:
    """The newest of this rule."""
    rows = RetentionTrial.objects.filter(profile=rule.profile if rule else "", days=rule.days if rule else 0)
    row = rows.order_by("-asked_at", "id").first()
    return _row(row) if row else None


def count_recordings(*, most: int | None = None) -> int:
    """How many there are; with `most` no more are counted."""
    rows = Recording.objects.order_by()
    return rows[:most].count() if most is not None else rows.count()


def _row(row: RetentionTrial) -> TrialRow:
    tallies = None
    if row.tallies is not None:
        tallies = tuple(
            Tried(RunKind(kind), date.fromisoformat(day), recordings, seconds, people)
            for kind, day, recordings, seconds, people in row.tallies
        )
    return TrialRow(
        id=row.id,
        rule=Rule(Profile(row.profile), row.days) if row.profile else None,
        asked_at=row.asked_at,
        recordings=row.recordings,
        looked_at=row.looked_at,
        ended_at=row.ended_at,
        tallies=tallies,
    )
