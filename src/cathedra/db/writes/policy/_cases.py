"""Put away cases of the acceptable use policy: every move is a compare-and-set on the state; and the holds they lay."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cathedra.db.models import Hold, Recording, UseCase, UseReport
from cathedra.domain.library import Keeping
from cathedra.domain.policy import CaseCause, CaseState
from cathedra.domain.terms import AccountId, RecordingId

_AWAKE = (Keeping.ONLINE, Keeping.ARCHIVED)


def add_case(recording_id: RecordingId, cause: CaseCause, *, by: AccountId | None, now: datetime) -> UUID:
    """Open a case. The caller holds the recording's row and has looked for an open one."""
    row = UseCase.objects.create(
        recording_id=recording_id, cause=cause, state=CaseState.OPEN, opened_at=now, opened_by_id=by
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


def put_in_bin(recording_id: RecordingId, *, now: datetime) -> bool:
    """T29: what was refused goes to the bin, from where it was kept. False when it is not kept online or archived."""
    rows = Recording.objects.filter(id=recording_id, keeping__in=_AWAKE)
    return bool(
        rows.update(recycled_from=F("keeping"), keeping=Keeping.RECYCLED, updated_at=now, version=F("version") + 1)
    )
