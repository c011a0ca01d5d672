"""Tell people of what is scheduled, put to another time, called off and missed, inside the transaction that makes it so
(N1 to N4). Of a series, each is told once, with how many more there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import ScheduleTelling
from cathedra.db.writes import notices
from cathedra.domain.notices import NoticeKind, Value
from cathedra.domain.terms import AccountId, RecordingId


def scheduled(recording_ids: Collection[RecordingId], *, now: datetime) -> None:
    """N1: its owner and presenter."""
    for first, more in _alike(recording_ids):
        _tell(NoticeKind.CAPTURE_SCHEDULED, first, [first.owner_id, first.presenter], more=more, now=now)


def changed(recording_ids: Collection[RecordingId], *, now: datetime) -> None:
    """N2, of another time, title or presenter: its owner and presenter, and whoever scheduled it."""
    for first, more in _alike(recording_ids):
        about = {"presenter": first.presenter_name}
        _tell(NoticeKind.CAPTURE_MOVED, first, _theirs(first), more=more, about=about, now=now)


def cancelled(recording_ids: Collection[RecordingId], *, reason: str = "", now: datetime) -> None:
    """N3: the same, and the department that is host of the room; with the reason, where one was given."""
    for first, more in _alike(recording_ids):
        to, hosts = _theirs(first), first.hosts
        _tell(NoticeKind.CAPTURE_CANCELLED, first, to, more=more, about={"reason": reason}, addresses=hosts, now=now)


def missed(recording_id: RecordingId, *, now: datetime) -> None:
    """N4: its owner, whoever scheduled it, and the room's technicians."""
    ((one, _more),) = _alike([recording_id])
    _tell(NoticeKind.CAPTURE_MISSED, one, [one.owner_id, one.scheduled_by, *one.technicians], now=now)


def _theirs(one: ScheduleTelling) -> list[AccountId | None]:
    return [one.owner_id, one.presenter, one.scheduled_by]


def _alike(recording_ids: Collection[RecordingId]) -> Iterable[tuple[ScheduleTelling, int]]:
    """The first for each group of the same people, and how many more are of it."""
    groups: dict[tuple[AccountId | None, ...], list[ScheduleTelling]] = {}
    for one in reads.list_tellings(recording_ids):
        groups.setdefault((one.owner_id, one.presenter, one.scheduled_by), []).append(one)
    return [(group[0], len(group) - 1) for group in groups.values()]


def _tell(
    kind: NoticeKind,
    one: ScheduleTelling,
    to: Sequence[AccountId | None],
    *,
    now: datetime,
    more: int | None = None,
    about: Mapping[str, Value] | None = None,
    addresses: Sequence[str] = (),
) -> None:
    values: dict[str, Value] = {
        "title": one.title,
        "folder": one.folder,
        "since": one.span.starts_at,
        "until": one.span.ends_at,
        "place": ", ".join(one.places),
        **(about or {}),
    }
    if more is not None:
        values["more"] = str(more or "")
    notices.add(
        kind,
        event=f"schedule:{one.recording_id}:{now.isoformat()}",
        to=[account for account in to if account is not None],
        addresses=addresses,
        values=values,
        link=f"/recordings/{one.recording_id}/",
        now=now,
    )
