"""Put away cases of the acceptable use policy: every move is a compare-and-set on the state; and the holds they lay."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Hold, Recording, UseCase, UseDecision, UseReport
from cathedra.domain.policy import CaseCause, CaseState
from cathedra.domain.terms import AccountId, RecordingId


def add_case(
    recording_id: RecordingId, cause: CaseCause, *, why: str = "", by: AccountId | None, now: datetime
) -> UUID:
    """Open a case. The caller holds the recording's row and has looked for an open one."""
    row = UseCase.objects.create(
        recording_id=recording_id, cause=cause, state=CaseState.OPEN, opened_at=now, opened_by_id=by, why=why
    )
    return row.id


def add_report(case_id: UUID, *, reporter: AccountId, text: str, now: datetime) -> bool:
    """Keep what somebody reports. False when they had reported it already: the first word stands."""
    report = UseReport(case_id=case_id, reporter_id=reporter, text=text, at=now)
    if UseReport.objects.filter(case_id=case_id, reporter_id=reporter).exists():
        return False
    UseReport.objects.bulk_create([report], ignore_conflicts=True)
    return True


def move_case(case_id: UUID, *, sources: Collection[CaseState], to: CaseState, **changes: object) -> bool:
    """Compare-and-set of the state, with what goes with it. False when it stood elsewhere: somebody got there first."""
    return bool(UseCase.objects.filter(id=case_id, state__in=sources).update(state=to, **changes))


def add_decision(
    case_id: UUID,
    recording_id: RecordingId,
    *,
    version: int,
    by: AccountId,
    consented_by: AccountId | None,
    now: datetime,
    **decided: object,
) -> None:
    """Keep a decision for good; another one on the same case refers to the one it corrects (R8, R16)."""
    last = UseDecision.objects.filter(case_id=case_id).order_by("-id").values_list("id", flat=True).first()
    UseDecision.objects.create(
        case_id=case_id,
        recording_id=recording_id,
        policy_id=version,
        corrects_id=last,
        decided_by_id=by,
        consented_by_id=consented_by,
        at=now,
        **decided,
    )


def open_hold(recording_id: RecordingId, kind: str, *, now: datetime) -> bool:
    """Hold a recording; takes effect at the end of a step that it is in (R55). False when it is held so already."""
    Recording.objects.select_for_update().filter(id=recording_id).values_list("id").first()
    if Hold.objects.filter(recording_id=recording_id, kind=kind, released_at=None).exists():
        return False
    Hold.objects.create(recording_id=recording_id, kind=kind, opened_at=now)
    return True


def release_holds(recording_id: RecordingId, kinds: Collection[str], *, now: datetime) -> int:
    """Close the open holds of these kinds. Returns how many there were."""
    return Hold.objects.filter(recording_id=recording_id, kind__in=kinds, released_at=None).update(released_at=now)
