"""Remind those who should decide (R75): a daily job."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cathedra.actions.publishing._tell import QUEUE
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import publishing
from cathedra.domain.access import FolderRole
from cathedra.domain.notices import NoticeKind
from cathedra.domain.publishing import Reminder
from cathedra.domain.terms import Actor, RecordingId

_BATCH = 200


def remind_publishers(*, actor: Actor, now: datetime, zone: ZoneInfo) -> int:
    """N13: after 3 working days to the Publishers, after 7 to the folder's Creators and its department too; each once
    for each time something was handed in, however often the job runs. Returns how many recordings somebody was
    reminded of."""
    today = now.astimezone(zone).date()
    before = datetime.combine(publishing.earliest_overdue(today) + timedelta(days=1), time.min, zone)
    after: RecordingId | None = None
    count = 0
    while True:
        with transaction():
            some = reads.list_overdue(submitted_before=before, limit=_BATCH, after=after)
            reminded = sum(_remind(one, now, zone) for one in some)
            if reminded:
                facts = {"reminded": reminded}
                audit.record(actor, "approval:remind", target_kind="approval", target_id="", now=now, facts=facts)
        count += reminded
        if len(some) < _BATCH:
            return count
        after = some[-1].id


def _remind(found: reads.Submission, now: datetime, zone: ZoneInfo) -> bool:
    if found.submitted_at is None:
        return False
    since = found.submitted_at.astimezone(zone).date()
    due = publishing.reminder(since, now.astimezone(zone).date())
    if due is None:
        return False
    to = list(reads.approvers(found.folder_id).account_ids)
    if due.to_creators:
        to += reads.holders(found.folder_id, FolderRole.CREATOR)
    notices.add(
        NoticeKind.APPROVAL_OVERDUE,
        event=f"overdue:{found.id}:{found.submitted_at.isoformat()}:{due.days}",
        to=to,
        values={
            "title": found.title,
            "folder": found.folder_name,
            "who": found.who,
            "since": since,
            "days": str(publishing.working_days(since, now.astimezone(zone).date())),
        },
        link=QUEUE,
        addresses=_outside(found, due),
        now=now,
    )
    return True


def _outside(found: reads.Submission, due: Reminder) -> list[str]:
    contact = reads.contact_address(found.folder_id) if due.to_creators else ""
    return [contact] if contact else []
