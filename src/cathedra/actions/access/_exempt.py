"""Tell people before an exemption from the cap of sharing ends (R33, N52): a daily job."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from cathedra.db.reads import access as access_reads
from cathedra.db.writes import notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Audience
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.terms import AccountId, FolderId
from cathedra.domain.terms import gettext_noop as _

_TOLD_BEFORE = (timedelta(days=60), timedelta(days=14))
_BATCH = 200
_REACH = {
    Audience.RESTRICTED: _("only those who have access by name or by a group"),
    Audience.ORGANISATION: _("people who are signed in, at most"),
    Audience.PUBLIC: _("anybody"),
}


def warn_of_exemptions(*, now: datetime) -> int:
    """N52: 60 and 14 days before one ends, whoever gave it, the folder's Creators and the recording's owner; each once,
    however often the job runs. Returns of how many. Not audited: it changes nothing."""
    count, after = 0, None
    while some := _some(now, after):
        with transaction():
            for each in some:
                _warn(each, now)
        count, after = count + len(some), some[-1].id
    return count


def _some(now: datetime, after: UUID | None) -> tuple[access_reads.ExemptionLine, ...]:
    return access_reads.list_ending_exemptions(now=now, before=now + max(_TOLD_BEFORE), after=after, limit=_BATCH)


def _warn(found: access_reads.ExemptionLine, now: datetime) -> None:
    step = min(one for one in _TOLD_BEFORE if found.expires_at - now <= one)
    place = f"/folders/{found.folder_id}/" if found.folder_id else f"/recordings/{found.recording_id}/"
    notices.add(
        NoticeKind.SHARING_EXEMPTION_ENDING,
        event=f"exemption:{found.id}:{step.days}",
        to={found.given_by_id, *_keepers(found)},
        values={
            "title": found.thing,
            "day": localdate(found.expires_at),
            "reach": Phrase(_REACH[access.audience_of(access_reads.max_level())]),
        },
        link=f"{place}access/",
        now=now,
    )


def _keepers(found: access_reads.ExemptionLine) -> frozenset[AccountId]:
    folder_id, owner = found.folder_id, frozenset[AccountId]()
    if found.recording_id is not None:
        own = access_reads.recording_sharing(found.recording_id)
        folder_id, owner = own.folder_id, frozenset({own.owner_id})
    return owner | access_reads.creators_of(FolderId(folder_id)) if folder_id else owner
