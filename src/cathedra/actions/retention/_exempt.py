"""Keep something longer: asked for by a Creator, decided by the service, told before it ends (R128, N52)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from cathedra.actions.retention import _notices
from cathedra.actions.retention._runs import is_service
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, retention
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.retention import Exempt, ExemptionReason
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_TOLD_BEFORE = (timedelta(days=60), timedelta(days=14))
_GIVEN = _("It is kept until {until}.")
_REFUSED = _("The service team declined it.")


@dataclass(frozen=True, slots=True)
class Plea:
    """What somebody asks to keep, until when, and why. One of the two ids."""

    what: Exempt
    reason_kind: ExemptionReason
    reason: str
    expires_at: datetime
    folder_id: FolderId | None = None
    recording_id: RecordingId | None = None


@dataclass(frozen=True, slots=True)
class ExemptionOutcome:
    """What came of asking, and the request when it stands."""

    decision: Decision
    exemption_id: UUID | None = None


def ask_exemption(plea: Plea, *, actor: Actor, now: datetime) -> ExemptionOutcome:
    """A Creator asks (or the owner, for a recording); whoever runs the service is told. Raises RecordingNotFound,
    FolderNotFound."""
    reason = retention.clean_reason(plea.reason)
    with transaction():
        may = _may_ask(plea, actor, now)
        if not may.is_permitted:
            return ExemptionOutcome(may)
        fits = retention.decide_exemption(
            plea.what, reason=reason, expires_at=plea.expires_at, calendar=reads.calendar(), now=now
        )
        if not fits.is_permitted or actor.account_id is None:
            return ExemptionOutcome(fits)
        made = writes.add_exemption(
            folder_id=plea.folder_id,
            recording_id=plea.recording_id,
            what=plea.what,
            reason_kind=plea.reason_kind,
            reason=reason,
            by=actor.account_id,
            expires_at=plea.expires_at,
            now=now,
        )
        row = reads.get_exemption(made)
        _record(row, "exemption:ask", actor, now, reason=reason)
        _tell_service(row, now)
    return ExemptionOutcome(permit(), made)


def _may_ask(plea: Plea, actor: Actor, now: datetime) -> Decision:
    if plea.recording_id is not None:
        about = access_reads.recording_facts(actor.account_id, plea.recording_id, lock=True)
        may = access.decide(about, Action.DELETE, now)
        return permit() if about.is_owner and may.code is Code.NO_PERMISSION else may
    if plea.folder_id is None:
        return deny(Code.BAD_REQUEST, "R128", _("Say what is to be kept."))
    return access.decide_folder(access_reads.folder_facts(actor.account_id, plea.folder_id), Action.EDIT_FOLDER, now)


def _tell_service(row: reads.ExemptionRow, now: datetime) -> None:
    notices.add(
        NoticeKind.EXEMPTION_ASKED,
        event=f"exemption:{row.id}",
        to=_notices.service(),
        values={"title": row.name, "who": row.asker, "until": _day(row), "reason": row.reason},
        link="/staff/retention/",
        now=now,
    )


def decide_exemption(
    exemption_id: UUID, *, is_granted: bool, answer: str = "", actor: Actor, now: datetime
) -> Decision:
    """Whoever runs the service says yes, or no and why. Raises RetentionExemptionNotFound."""
    said = retention.clean_reason(answer)
    if not is_service(actor):
        return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
    if not is_granted and not said:
        return deny(Code.BAD_REQUEST, "R128", _("Say why not, so that they know."))
    with transaction():
        row = reads.get_exemption(exemption_id, lock=True)
        if row.expires_at <= now:
            return deny(Code.BAD_REQUEST, "R128", _("The time that was asked for is over."))
        if not writes.decide_exemption(exemption_id, is_granted=is_granted, answer=said, by=actor.account_id, now=now):
            return deny(Code.CONFLICT, "R53", _("Somebody else has decided this already."))
        _record(row, "exemption:decide", actor, now, reason=said, answer="yes" if is_granted else "no")
        notices.add(
            NoticeKind.EXEMPTION_ANSWERED,
            event=f"exemption:{row.id}",
            to=[row.asked_by],
            values={
                "title": row.name,
                "answer": Phrase(_GIVEN, {"until": _day(row)}) if is_granted else Phrase(_REFUSED),
                "reason": said,
            },
            link=row.link,
            now=now,
        )
    return permit()


def end_exemption(exemption_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Take one back before its time. Raises RetentionExemptionNotFound."""
    if not is_service(actor):
        return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
    with transaction():
        row = reads.get_exemption(exemption_id, lock=True)
        if writes.end_exemption(exemption_id, now=now):
            _record(row, "exemption:take_back", actor, now)
    return permit()


def warn_of_ends(*, now: datetime, page: int = 200) -> int:
    """N52: 60 and 14 days before an exemption ends, its requester and the folder's Creators. Returns of how many."""
    count, after = 0, None
    while rows := reads.list_ending(now=now, before=now + max(_TOLD_BEFORE), after=after, limit=page):
        with transaction():
            for row in rows:
                _warn(row, now)
        count, after = count + len(rows), rows[-1].id
    return count


def _warn(row: reads.ExemptionRow, now: datetime) -> None:
    step = min(one for one in _TOLD_BEFORE if row.expires_at - now <= one)
    notices.add(
        NoticeKind.EXEMPTION_ENDING,
        event=f"exemption:{row.id}:{step.days}",
        to={row.asked_by, *publishing_reads.holders(row.home_id, FolderRole.CREATOR)},
        values={"title": row.name, "day": _day(row)},
        link=row.link,
        now=now,
    )


def _day(row: reads.ExemptionRow) -> date:
    return localtime(row.expires_at).date()


def _record(
    row: reads.ExemptionRow, action: str, actor: Actor, now: datetime, *, reason: str = "", **facts: object
) -> None:
    audit.record(
        actor,
        action,
        target_kind="recording" if row.recording_id else "folder",
        target_id=row.recording_id or row.folder_id or row.id,
        now=now,
        reason=reason,
        facts={"what": row.what.value, "until": row.expires_at.isoformat(), **facts},
    )
