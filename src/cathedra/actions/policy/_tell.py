"""Tell people of cases and holds of the policy (N14 to N19), inside the transaction that puts them away."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.reads.policy import CaseRow, HoldRow
from cathedra.db.writes import notices
from cathedra.domain.access import FolderRole
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.policy import HOLD_SENTENCES, Finding, Requirement, UsePolicy
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.domain.terms import gettext_noop as _

_FOR_GOOD = _("It was deleted for good, as a legal order asks.")
_IN_BIN = _("It is in the bin until {until} and is then deleted for good. Only the service team can take it out.")


def on_day(instant: datetime) -> date:
    """The day of the site's time zone, as notices tell it."""
    return localtime(instant).date()


def page_of(recording_id: RecordingId) -> str:
    """Where the owner sees what holds it and what they may do."""
    return f"/recordings/{recording_id}/use/"


def desk_of(case_id: UUID) -> str:
    """Where the service team sees the case."""
    return f"/staff/cases/{case_id}/"


def requirements_in_words(version: UsePolicy | None, failed: Iterable[Requirement]) -> str:
    """The failed requirements as the policy asks them, in the policy's order."""
    wanted = set(failed)
    return " ".join(version.questions[one] for one in Requirement if one in wanted) if version else ""


def referred(case_id: UUID, recording_id: RecordingId, version: UsePolicy, finding: Finding, *, now: datetime) -> None:
    """N15: the service is asked, the declarant's owner gets a receipt (R86)."""
    found = publishing_reads.submission(recording_id)
    why = " ".join(reason.message for reason in finding.reasons)
    _tell_service(NoticeKind.USE_REFERRED, case_id, found, version, why=why, now=now)
    notices.add(
        NoticeKind.USE_RECEIPT,
        event=f"case:{case_id}",
        to=[found.owner_id],
        values={"title": found.title, "folder": found.folder_name, "why": why, "contact": version.contact},
        link=page_of(recording_id),
        now=now,
    )


def asked(case_id: UUID, recording_id: RecordingId, version: UsePolicy, *, why: str, event: str, now: datetime) -> None:
    """N15 for the service alone: what was reported, corrected or appealed."""
    found = publishing_reads.submission(recording_id)
    _tell_service(NoticeKind.USE_REFERRED, case_id, found, version, why=why, event=event, now=now)


def _tell_service(
    kind: NoticeKind,
    case_id: UUID,
    found: publishing_reads.Submission,
    version: UsePolicy,
    *,
    why: str,
    event: str = "",
    now: datetime,
) -> None:
    notices.add(
        kind,
        event=event or f"case:{case_id}",
        to=(),
        addresses=[version.contact],
        values={"title": found.title, "folder": found.folder_name, "owner": found.owner_name, "why": why},
        link=desk_of(case_id),
        now=now,
    )


def overdue(case: CaseRow, version: UsePolicy, *, now: datetime) -> None:
    """N15: the working days of R86 have passed, each time that it waits for them."""
    notices.add(
        NoticeKind.USE_OVERDUE,
        event=f"case:{case.id}:{case.opened_at.isoformat()}",
        to=(),
        addresses=[version.contact],
        values={
            "title": case.title,
            "folder": case.folder_name,
            "owner": case.owner_name,
            "since": on_day(case.opened_at),
        },
        link=desk_of(case.id),
        now=now,
    )


def _answering(recording_id: RecordingId, owner: AccountId) -> tuple[set[AccountId], list[str]]:
    """Its owner, and whoever acts for an owner who cannot be reached (R221, R126): accounts, and addresses outside."""
    found = retention_reads.responsible_for([recording_id])
    accounts = {account_id for _id, account_id, _address in found if account_id is not None}
    return accounts | {owner}, [address for _id, _account, address in found if address]


def undeclared(
    recording_id: RecordingId, title: str, folder: str, owner: AccountId, *, event: str, now: datetime
) -> None:
    """N16."""
    to, addresses = _answering(recording_id, owner)
    notices.add(
        NoticeKind.UNDECLARED,
        event=f"undeclared:{recording_id}:{event}",
        to=to,
        addresses=addresses,
        values={"title": title, "folder": folder},
        link=page_of(recording_id),
        now=now,
    )


def refused(
    case: CaseRow, failed: Iterable[Requirement], version: UsePolicy, *, until: datetime, now: datetime
) -> None:
    """N14 where it is held, N19: which requirement is not met, and until when there is time (R90)."""
    found = publishing_reads.submission(case.recording_id)
    event = f"case:{case.id}:{now.isoformat()}"
    about = {
        "title": case.title,
        "folder": case.folder_name,
        "requirement": requirements_in_words(version, failed),
    }
    if not case.is_visible:
        creators = publishing_reads.holders(found.folder_id, FolderRole.CREATOR)
        notices.add(
            NoticeKind.HELD_BY_POLICY,
            event=event,
            to={found.owner_id, *creators},
            values=about,
            link=page_of(case.recording_id),
            now=now,
        )
    to, addresses = _answering(case.recording_id, found.owner_id)
    notices.add(
        NoticeKind.REMOVAL_DECIDED,
        event=event,
        to=to,
        addresses=addresses,
        values=about | {"until": on_day(until)},
        link=page_of(case.recording_id),
        now=now,
    )


def repeated(case: CaseRow, *, count: int, now: datetime) -> None:
    """R91: the second confirmed breach in twelve months is told to the department's contact too."""
    found = publishing_reads.submission(case.recording_id)
    address = publishing_reads.contact_address(found.folder_id)
    notices.add(
        NoticeKind.USE_REPEATED,
        event=f"case:{case.id}:{now.isoformat()}",
        to=(),
        addresses=[address] if address else [],
        values={
            "title": case.title,
            "folder": case.folder_name,
            "owner": case.owner_name,
            "count": str(count),
        },
        link=page_of(case.recording_id),
        now=now,
    )


def released(recording_id: RecordingId, *, besides: Iterable[AccountId] = (), now: datetime) -> None:
    """N18: its owner, and whoever the case was opened for."""
    found = publishing_reads.submission(recording_id)
    notices.add(
        NoticeKind.HOLD_RELEASED,
        event=f"released:{recording_id}:{now.isoformat()}",
        to={found.owner_id, *besides},
        values={"title": found.title, "folder": found.folder_name},
        link=f"/recordings/{recording_id}/",
        now=now,
    )


def appeal_answered(case: CaseRow, outcome: str, *, now: datetime) -> None:
    """N19: the outcome of the appeal."""
    notices.add(
        NoticeKind.APPEAL_ANSWERED,
        event=f"case:{case.id}",
        to=[case.owner_id],
        values={"title": case.title, "folder": case.folder_name, "outcome": Phrase(outcome), "reason": case.reason},
        link=page_of(case.recording_id),
        now=now,
    )


def removal_soon(case: CaseRow, *, now: datetime) -> None:
    """N19, seven days before."""
    until = case.standing.grace_until or now
    _of_removal(NoticeKind.REMOVAL_SOON, case, {"until": on_day(until)}, now)


def removed(case: CaseRow, *, now: datetime) -> None:
    """N19: it lies in the bin now."""
    _of_removal(NoticeKind.REMOVED_BY_POLICY, case, {}, now)


def _of_removal(kind: NoticeKind, case: CaseRow, more: dict[str, Value], now: datetime) -> None:
    to, addresses = _answering(case.recording_id, case.owner_id)
    notices.add(
        kind,
        event=f"case:{case.id}:{(case.decided_at or now).isoformat()}",
        to=to,
        addresses=addresses,
        values={"title": case.title, "folder": case.folder_name, **more},
        link=page_of(case.recording_id),
        now=now,
    )


def keeping_of(recording_id: RecordingId) -> str:
    """Where the owner sees what the service holds it for and whom to write to, whatever became of it."""
    return f"/recordings/{recording_id}/keeping/"


def held(hold: HoldRow, *, now: datetime) -> None:
    """N17: its owner and the Creators of its folder hear which kind of hold it is, and what the service wrote for them;
    nobody hears the reason that the service keeps for itself."""
    found = publishing_reads.submission(hold.recording_id)
    why: list[str | Phrase] = [Phrase(HOLD_SENTENCES[hold.kind]), *([hold.told] if hold.told else [])]
    notices.add(
        NoticeKind.HELD,
        event=f"hold:{hold.id}",
        to={found.owner_id, *publishing_reads.holders(found.folder_id, FolderRole.CREATOR)},
        values={"title": hold.title, "folder": hold.folder_name, "reason": why},
        link=keeping_of(hold.recording_id),
        now=now,
    )


def takedown_decided(hold: HoldRow, *, now: datetime) -> None:
    """N19, at once."""
    until = on_day(hold.remove_at or now)
    _of_takedown(NoticeKind.TAKEDOWN_DECIDED, hold, {"until": until, "reason": hold.remove_reason}, now)


def takedown_soon(hold: HoldRow, *, now: datetime) -> None:
    """N19, seven days before."""
    _of_takedown(NoticeKind.TAKEDOWN_SOON, hold, {"until": on_day(hold.remove_at or now)}, now)


def taken_down(hold: HoldRow, *, for_good: bool, now: datetime) -> None:
    """N19: it lies in the bin now, or is gone."""
    since = retention_reads.facts(hold.recording_id).bin_since or now
    until = on_day(since + timedelta(days=config.get().bin.days))
    outcome = Phrase(_FOR_GOOD) if for_good else Phrase(_IN_BIN, {"until": until})
    _of_takedown(NoticeKind.TAKEN_DOWN, hold, {"outcome": outcome, "reason": hold.remove_reason}, now)


def _of_takedown(kind: NoticeKind, hold: HoldRow, more: dict[str, Value], now: datetime) -> None:
    to, addresses = _answering(hold.recording_id, hold.owner_id)
    notices.add(
        kind,
        event=f"hold:{hold.id}",
        to=to,
        addresses=addresses,
        values={"title": hold.title, "folder": hold.folder_name, **more},
        link=keeping_of(hold.recording_id),
        now=now,
    )


def suspended(account_id: AccountId, reason: str, *, now: datetime) -> None:
    """R91: what they cannot do any more, where, and why."""
    _to_person(NoticeKind.USE_SUSPENDED, account_id, {"why": reason}, now)


def suspension_ended(account_id: AccountId, *, now: datetime) -> None:
    """R91: they can again."""
    _to_person(NoticeKind.USE_SUSPENSION_ENDED, account_id, {}, now)


def _to_person(kind: NoticeKind, account_id: AccountId, values: dict[str, str], now: datetime) -> None:
    notices.add(kind, event=f"{account_id}:{now.isoformat()}", to=[account_id], values=values, link="/upload/", now=now)
