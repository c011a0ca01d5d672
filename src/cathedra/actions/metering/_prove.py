"""The nightly proof: what the ledger says against a recomputation from the library, recording by recording (R104)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.reads import people
from cathedra.db.writes import audit, notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering
from cathedra.domain.metering import Difference
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, RecordingId

_PAGE = 1000
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof found. `totals_agree` is whether the kept totals are the sums of the lines."""

    differences: tuple[Difference, ...]
    totals_agree: bool

    def __bool__(self) -> bool:
        return bool(self.differences) or not self.totals_agree


def prove_meters(*, actor: Actor, now: datetime) -> Proof:
    """Compare, and tell the service where they do not agree (N49). Nothing is put right by itself: a difference is a
    mistake of ours that somebody has to understand. Memory stays flat: a page of recordings at a time."""
    suspects = sorted({one.recording_id for one in _compare()})
    with transaction():
        found = _again(suspects)
        year = calendar().year_of(now).label
        agree = reads.hours_by_department(year) == reads.sum_by_department(year)
        proof = Proof(found, agree)
        if proof:
            _tell(proof, actor=actor, now=now)
    return proof


def _compare() -> Iterator[Difference]:
    known = calendar()
    after: RecordingId | None = None
    while page := reads.page_of_facts(after, limit=_PAGE):
        said = reads.said_of([one.recording_id for one in page])
        for facts in page:
            yield from metering.prove(facts, said.get(facts.recording_id, {}), calendar=known)
        after = page[-1].recording_id
    for recording_id, category, seconds in reads.list_without_recording():
        yield Difference(recording_id, category, seconds, 0)


def _again(suspects: list[RecordingId]) -> tuple[Difference, ...]:
    """With the recordings locked: what changed between two questions a moment ago is no difference."""
    known = calendar()
    facts = reads.facts_of(suspects, lock=True)
    said = reads.said_of(suspects)
    found = [one for each in facts for one in metering.prove(each, said.get(each.recording_id, {}), calendar=known)]
    found += [Difference(*row, 0) for row in reads.list_without_recording()]
    return tuple(found)


def _tell(proof: Proof, *, actor: Actor, now: datetime) -> None:
    recordings = sorted({str(one.recording_id) for one in proof.differences})
    apart = sum(abs(one.ledger_s - one.library_s) for one in proof.differences)
    notices.add(
        NoticeKind.METERS_DISAGREE,
        event=f"meters:{now.date().isoformat()}",
        to={*people.list_holders(SystemRole.SERVICE_ADMIN), *people.list_holders(SystemRole.SYS_ADMIN)},
        values={
            "count": str(len(recordings)),
            "hours": metering.hours(apart),
            "recordings": ", ".join(recordings[:_NAMED]),
        },
        link="/staff/audit/",
        now=now,
    )
    audit.record(
        actor,
        "meters:disagree",
        target_kind="meters",
        target_id="ledger",
        now=now,
        facts={"recordings": recordings[:100], "seconds": apart, "totals_agree": proof.totals_agree},
    )
