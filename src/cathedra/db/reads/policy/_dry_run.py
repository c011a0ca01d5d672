"""What another version of the policy would make of the library: asked by the product itself, so it takes no viewer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.reads.policy._use import declaration_of
from cathedra.domain.policy import Alike, Requirement, Share, Turned, Verdict
from cathedra.domain.terms import RecordingId

_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class TurnedSum:
    """How much of what would change is somebody's, or a department's (then without a name). Nameless: of none."""

    owner: str
    department: str
    people: int
    share: Share


@dataclass(frozen=True, slots=True)
class TurnedSums:
    """All departments, and some owners, those with most hours first."""

    departments: tuple[TurnedSum, ...]
    owners: tuple[TurnedSum, ...]


@dataclass(frozen=True, slots=True)
class TurnedRow:
    """A recording that would change verdict, and whose it is."""

    recording_id: RecordingId
    title: str
    folder: str
    owner: str
    login_name: str
    department: str
    duration_ms: int
    category: str
    before: Verdict
    after: Verdict


def list_alike() -> tuple[Alike, ...]:
    """Everything that is kept, put together by what was declared and what counts now: as many as there are distinct
    answers, however large the library."""
    return tuple(
        Alike(
            declaration=declaration_of(row) if row.q1 is not None else None,
            verdict=Verdict(row.verdict) if row.verdict else None,
            is_decided=row.is_decided,
            share=Share(row.recordings, row.duration_ms),
        )
        for row in prepared.rows("use_alike")
    )


def sum_turned(turned: Sequence[Turned], *, most: int) -> TurnedSums:
    """Whose recordings would change verdict: by the department of their owners, and the owners with most hours."""
    places = _columns(turned)
    del places["after"]
    found: tuple[list[TurnedSum], list[TurnedSum]] = ([], [])
    for row in prepared.rows("use_turned_sums", most=most, **places):
        share = Share(row.recordings, row.duration_ms)
        found[row.is_owner].append(TurnedSum(row.owner, row.department, row.people, share))
    return TurnedSums(departments=tuple(found[False]), owners=tuple(found[True]))


def iterate_turned(turned: Sequence[Turned], *, batch: int = 1000) -> Iterator[TurnedRow]:
    """Every recording that would change verdict, batch by batch: memory stays flat."""
    since, places = _FIRST, _columns(turned)
    while turned and (rows := prepared.rows("use_turned", since=since, most=batch, **places)):
        for row in rows:
            if row.after is not None:
                verdicts = {"before": Verdict(row.before), "after": Verdict(row.after)}
                yield TurnedRow(**{**row._asdict(), "recording_id": RecordingId(row.recording_id), **verdicts})
        since = rows[-1].recording_id


def _columns(turned: Sequence[Turned]) -> dict[str, Any]:
    """The answers that would come to something else, column by column."""
    return {
        **{
            f"q{number}": [str(one.declaration.answers[asked]) for one in turned]
            for number, asked in enumerate(Requirement, 1)
        },
        "category": [one.declaration.category for one in turned],
        "course": [str(one.declaration.course) for one in turned],
        "relevance": [str(one.declaration.relevance) for one in turned],
        "before": [str(one.before) for one in turned],
        "after": [str(one.after) for one in turned],
    }
