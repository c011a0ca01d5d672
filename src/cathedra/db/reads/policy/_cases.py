"""Cases of the acceptable use policy: how one stands, what waits, what is due, what the desk and the owner are shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cathedra.db.models import Hold, Recording, UseCase, UseDecision, UseReport
from cathedra.db.reads.policy._uses import uses_of
from cathedra.domain.library import Keeping
from cathedra.domain.policy import (
    WAITING,
    CaseCause,
    CaseStanding,
    CaseState,
    Requirement,
    UseHold,
    Verdict,
    confirmed_at,
)
from cathedra.domain.terms import AccountId, NotFound, RecordingId

_YEAR = timedelta(days=365)
_GONE = (Keeping.RECYCLED, Keeping.PURGED)


class CaseNotFound(NotFound):
    """No case has this id."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported; for the desk alone (R88)."""

    reporter: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with the recording it is about."""

    id: UUID
    recording_id: RecordingId
    title: str
    folder_name: str
    owner_id: AccountId
    owner_name: str
    standing: CaseStanding
    opened_at: datetime
    opened_by: AccountId | None
    why: str
    failed: frozenset[Requirement]
    reason: str
    decided_by: AccountId | None
    decided_by_name: str
    decided_at: datetime | None
    is_visible: bool
    exempt_until: datetime | None
    proposed_by: AccountId | None
    proposed_by_name: str
    proposed_until: datetime | None
    proposed_why: str
    appeal: str
    appealed_at: datetime | None
    warned_at: datetime | None
    closed_at: datetime | None = None

    @property
    def confirmed_at(self) -> datetime | None:
        """Since when it is a confirmed breach (R91)."""
        return confirmed_at(self.standing, decided_at=self.decided_at, closed_at=self.closed_at)


@dataclass(frozen=True, slots=True)
class Held:
    """A recording that is held for want of a declaration."""

    recording_id: RecordingId
    title: str
    folder_name: str
    owner_id: AccountId
    owner_name: str
    since: datetime


def _rows() -> "QuerySet[UseCase]":
    return UseCase.objects.select_related("recording__folder", "recording__owner", "decided_by", "proposed_by")


def _row(row: UseCase) -> CaseRow:
    return CaseRow(
        id=row.id,
        recording_id=RecordingId(row.recording_id),
        title=row.recording.title,
        folder_name=row.recording.folder.name,
        owner_id=AccountId(row.recording.owner_id),
        owner_name=row.recording.owner.full_name,
        standing=CaseStanding(
            state=CaseState(row.state),
            cause=CaseCause(row.cause),
            verdict=Verdict(row.verdict) if row.verdict else None,
            grace_until=row.grace_until,
            is_appeal_decided=row.is_appeal_decided,
            has_proposal=row.proposed_by_id is not None,
        ),
        opened_at=row.opened_at,
        opened_by=_account(row.opened_by_id),
        why=row.why,
        failed=frozenset(Requirement(one) for one in row.failed),
        reason=row.reason,
        decided_by=_account(row.decided_by_id),
        decided_by_name=row.decided_by.full_name if row.decided_by else "",
        decided_at=row.decided_at,
        is_visible=row.is_visible,
        exempt_until=row.exempt_until,
        proposed_by=_account(row.proposed_by_id),
        proposed_by_name=row.proposed_by.full_name if row.proposed_by else "",
        proposed_until=row.proposed_until,
        proposed_why=row.proposed_why,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
        warned_at=row.warned_at,
        closed_at=row.closed_at,
    )


def _account(found: Any) -> AccountId | None:
    return AccountId(found) if found else None


def get_case(case_id: UUID, *, lock: bool = False) -> CaseRow:
    """One case, for the desk or an action. Raises CaseNotFound. `lock` keeps its recording's row and its own, in that
    order as everywhere, until the transaction ends."""
    if lock:
        about = UseCase.objects.filter(id=case_id).values("recording_id")
        list(Recording.objects.select_for_update().filter(id__in=about).values_list("id"))
        list(UseCase.objects.select_for_update().filter(id=case_id).values_list("id"))
    row = _rows().filter(id=case_id).first()
    if row is None:
        raise CaseNotFound(str(case_id))
    return _row(row)


def find_case(recording_id: RecordingId) -> CaseRow | None:
    """The case of a recording that is not closed. For actions and pages that have asked whether the person may."""
    row = _rows().filter(recording_id=recording_id).exclude(state=CaseState.CLOSED).first()
    return _row(row) if row else None


def list_cases(*, most: int = 200) -> tuple[CaseRow, ...]:
    """What waits for the desk, the oldest first; then what was refused and may still be appealed. For the staff page,
    whose door has asked."""
    waiting = _rows().filter(state__in=WAITING).order_by("opened_at", "id")[:most]
    refused = _rows().filter(state=CaseState.REFUSED).order_by("grace_until", "id")[:most]
    return tuple(_row(row) for row in (*waiting, *refused))


def count_waiting() -> int:
    """How many cases wait. A number that tells nothing of anybody, for the staff's start page."""
    return UseCase.objects.filter(state__in=WAITING).count()


def list_reports(case_id: UUID) -> tuple[Report, ...]:
    """Who reported it and what they said. For the desk alone: the owner is never shown a reporter (R88)."""
    rows = UseReport.objects.filter(case_id=case_id).select_related("reporter").order_by("at", "id")
    return tuple(Report(row.reporter.full_name, row.text, row.at) for row in rows)


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """A decision as it was taken, under the version of the policy of its day (R16)."""

    verdict: Verdict
    reason: str
    failed: frozenset[Requirement]
    decided_by: str
    consented_by: str
    policy_version: int
    is_appeal: bool
    exempt_until: datetime | None
    at: datetime


def list_decisions(case_id: UUID) -> tuple[CaseDecision, ...]:
    """Everything that was decided in a case, the newest first. For the desk, whose door has asked."""
    rows = UseDecision.objects.filter(case_id=case_id).select_related("decided_by", "consented_by").order_by("-id")
    return tuple(
        CaseDecision(
            verdict=Verdict(row.verdict),
            reason=row.reason,
            failed=frozenset(Requirement(one) for one in row.failed),
            decided_by=row.decided_by.full_name,
            consented_by=row.consented_by.full_name if row.consented_by else "",
            policy_version=row.policy_id,
            is_appeal=row.is_appeal,
            exempt_until=row.exempt_until,
            at=row.at,
        )
        for row in rows
    )


def find_use_verdict(recording_id: RecordingId, now: datetime) -> Verdict | None:
    """What counts for a recording now (R87): the last decision of a reviewer, unless something was declared after it;
    an exemption that has ended counts as referred. For the product itself: takes no viewer."""
    use = uses_of([recording_id], now).get(recording_id)
    return use.verdict if use else None


def is_refused(recording_id: RecordingId, now: datetime) -> bool:
    """Whether the policy, or whoever decided, has said no of it, or somebody has still to decide: nothing gets round that
    by a copy (R87, R90). For actions: takes no viewer."""
    case = find_case(recording_id)
    if case is not None and case.standing.verdict is Verdict.NOT_PERMITTED:
        return True
    return find_use_verdict(recording_id, now) in (Verdict.NOT_PERMITTED, Verdict.REFERRED)


def use_holds(recording_id: RecordingId) -> frozenset[UseHold]:
    """The open holds that the policy has laid on a recording. For whoever has asked whether the person may."""
    kinds = Hold.objects.filter(recording_id=recording_id, released_at=None, kind__in=list(UseHold))
    return frozenset(UseHold(kind) for kind in kinds.values_list("kind", flat=True))


def has_other_hold(recording_id: RecordingId, kinds: Collection[str] = tuple(UseHold)) -> bool:
    """Is it held by something else than these kinds? For actions: takes no viewer."""
    return Hold.objects.filter(recording_id=recording_id, released_at=None).exclude(kind__in=kinds).exists()


def breaches_of(owner_id: AccountId, now: datetime) -> tuple[datetime, ...]:
    """When refusals of this person's recordings were confirmed, in the last twelve months (R91). For actions."""
    rows = _rows().filter(owner_id=owner_id, verdict=Verdict.NOT_PERMITTED)
    found = (_row(row).confirmed_at for row in rows)
    return tuple(sorted(at for at in found if at is not None and now - _YEAR < at <= now))


def due_reminders() -> tuple[CaseRow, ...]:
    """Open cases of which the service was not reminded yet (R86), but for those that it chose itself (R16) and that hold
    nothing up. For the product itself, as all below."""
    referred = Hold.objects.filter(recording_id=OuterRef("recording_id"), kind=UseHold.REFERRED, released_at=None)
    rows = _rows().filter(state=CaseState.OPEN, reminded_at=None).exclude(~Exists(referred), cause=CaseCause.AGAIN)
    rows = rows.exclude(recording__keeping__in=_GONE)
    return tuple(_row(row) for row in rows.order_by("opened_at")[:500])


def due_warnings(until: datetime) -> tuple[UUID, ...]:
    """Refusals whose grace ends by then and whose owner was not warned yet (N19)."""
    rows = UseCase.objects.filter(state=CaseState.REFUSED, warned_at=None, grace_until__lte=until)
    rows = rows.exclude(recording__keeping__in=_GONE)
    return tuple(rows.order_by("grace_until").values_list("id", flat=True)[:500])


def due_removals(now: datetime) -> tuple[UUID, ...]:
    """Refusals whose grace is over (T29)."""
    rows = UseCase.objects.filter(state=CaseState.REFUSED, grace_until__lte=now)
    rows = rows.exclude(recording__keeping=Keeping.PURGED)
    return tuple(rows.order_by("grace_until").values_list("id", flat=True)[:500])


def cases_of_purged() -> tuple[UUID, ...]:
    """Cases of what is destroyed: there is nothing left to decide (T36, T37)."""
    rows = UseCase.objects.exclude(state=CaseState.CLOSED).filter(recording__keeping=Keeping.PURGED)
    return tuple(rows.values_list("id", flat=True)[:500])


def lapsed_exemptions(now: datetime) -> tuple[RecordingId, ...]:
    """Recordings whose exemption has ended and of which nothing was asked since (R89)."""
    later = UseCase.objects.filter(recording_id=OuterRef("recording_id"), opened_at__gte=OuterRef("decided_at"))
    later = later.exclude(id=OuterRef("id"))
    rows = UseCase.objects.filter(state=CaseState.CLOSED, verdict=Verdict.EXEMPT, exempt_until__lte=now)
    rows = rows.exclude(recording__keeping__in=_GONE).filter(~Exists(later))
    return tuple(RecordingId(one) for one in rows.values_list("recording_id", flat=True)[:500])


def held_undeclared() -> tuple[Held, ...]:
    """What is held because nobody declared it, the longest first. For the desk, whose door has asked."""
    return _undeclared(Q(), "opened_at", 500)


def due_undeclared(since: datetime, before: datetime, *, after: RecordingId | None, limit: int) -> tuple[Held, ...]:
    """Of that what was held in this time, some at a time (N16)."""
    within = Q(opened_at__gt=since, opened_at__lte=before)
    return _undeclared(within & Q(recording_id__gt=after) if after else within, "recording_id", limit)


def _undeclared(which: Q, order: str, limit: int) -> tuple[Held, ...]:
    rows = Hold.objects.filter(which, kind=UseHold.UNDECLARED, released_at=None, recording__keeping="ONLINE")
    return tuple(
        Held(RecordingId(row.recording_id), row.recording.title, row.recording.folder.name,
             AccountId(row.recording.owner_id), row.recording.owner.full_name, row.opened_at)
        for row in rows.select_related("recording__folder", "recording__owner").order_by(order)[:limit]
    )  # fmt: skip
