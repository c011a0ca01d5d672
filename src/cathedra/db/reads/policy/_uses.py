"""What recordings of a list are for, and what the policy makes of that: for whoever decides about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cathedra.db.models import UseCase, UseDeclaration
from cathedra.domain.policy import Verdict
from cathedra.domain.terms import RecordingId


@dataclass(frozen=True, slots=True)
class Use:
    """`category`: a word of the policy under which it was declared; empty where only a reviewer has decided."""

    verdict: Verdict
    category: str


def uses_of(recording_ids: Iterable[RecordingId], now: datetime) -> dict[RecordingId, Use]:
    """What counts for each now (R87); one that nobody has declared or decided is left out. Of recordings that another
    read found for the viewer: takes none."""
    ids = list(recording_ids)
    rows = UseDeclaration.objects.filter(recording_id__in=ids).order_by("recording_id", "-id").distinct("recording_id")
    declared = {row.recording_id: row for row in rows}
    found = {RecordingId(one): Use(Verdict(row.verdict), row.category) for one, row in declared.items()}
    cases = UseCase.objects.filter(recording_id__in=ids, decided_at__isnull=False)
    for case in cases.order_by("recording_id", "-decided_at").distinct("recording_id"):
        last = declared.get(case.recording_id)
        if case.decided_at is None or (last is not None and last.at > case.decided_at):
            continue
        is_over = case.verdict == Verdict.EXEMPT and case.exempt_until is not None and case.exempt_until <= now
        verdict = Verdict.REFERRED if is_over else Verdict(case.verdict)
        found[RecordingId(case.recording_id)] = Use(verdict, last.category if last else "")
    return found
