"""What is said of a recording that is in the archive, or on its way back: since when, until when, and how long it takes to
have it back (R120, R121). Only where the rule has told already that it is there."""

from datetime import datetime

from cathedra import wiring
from cathedra.db.reads import publishing
from cathedra.db.reads import retention as reads
from cathedra.domain import retention
from cathedra.domain.terms import Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _

_WITH_DAY = _(
    "This recording has been in the archive since {archived_date}. It is deleted for good on {deletion_date} unless "
    "somebody restores it. Restoring it mostly takes an hour, and {hours} hours at the most."
)
_WITHOUT_DAY = _(
    "This recording has been in the archive since {archived_date}. No day is set on which it is deleted. Restoring it "
    "mostly takes an hour, and {hours} hours at the most."
)
_ON_ITS_WAY = _(
    "This recording is on its way back from the archive. That mostly takes an hour, and {hours} hours at the most."
)


def dated(recording_id: RecordingId, decision: Decision, now: datetime) -> Decision:
    """To whom it is told that something is archived, it is told since when and until when, and the wait. Of a copy by
    reference: of what it plays (R140). Any other decision stays as it is."""
    hours = str(wiring.configuration().restore.max_hours)
    if decision.code is Code.RESTORING:
        return deny(Code.RESTORING, "R120", _ON_ITS_WAY, hours=hours)
    if decision.code is not Code.ARCHIVED:
        return decision
    facts, calendar = reads.get_planned_facts(publishing.original_of(recording_id), now=now), reads.calendar()
    if facts.archived_at is None:
        return decision
    since = calendar.local_day(facts.archived_at).isoformat()
    run = retention.deletion_of(facts, calendar=calendar, now=now).run
    if run is None:
        return deny(Code.ARCHIVED, "R121", _WITHOUT_DAY, archived_date=since, hours=hours)
    return deny(Code.ARCHIVED, "R121", _WITH_DAY, archived_date=since, deletion_date=run.day.isoformat(), hours=hours)
