"""Which notices go into which letter, and when: the first at once, more of the same merged (R229, R64)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from cathedra.domain.notices._words import MailWay, NoticeId, NoticeKind

QUIET = timedelta(hours=1)  # equal notices to one person within it merge
DIGEST_AT = time(8)  # when the daily digest of those who chose one goes, in the site's time zone


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that goes by e-mail and is in no letter yet. `to` tells recipients apart: an account's id or an
    address outside."""

    id: NoticeId
    to: str
    kind: NoticeKind
    way: MailWay
    created_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """The latest hour in which letters of one kind went to one recipient: when it began, how many went."""

    at: datetime
    letters: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """The notices of one letter. A daily digest is of no one kind."""

    to: str
    kind: NoticeKind | None
    notice_ids: tuple[NoticeId, ...]
    window_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """Letters to make now, and until when the other notices wait."""

    parcels: tuple[Parcel, ...]
    held: Mapping[NoticeId, datetime]


def plan(
    waiting: Iterable[Waiting],
    windows: Mapping[tuple[str, NoticeKind], Window],
    at_once: Mapping[NoticeKind, int],
    *,
    now: datetime,
    zone: tzinfo,
) -> Plan:
    """What becomes of the notices that are due: each is in one letter or held."""
    parcels: list[Parcel] = []
    held: dict[NoticeId, datetime] = {}
    daily: dict[str, list[Waiting]] = defaultdict(list)
    groups: dict[tuple[str, NoticeKind], list[Waiting]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: (one.created_at, one.id)):
        if one.way is not MailWay.DIGEST:
            groups[one.to, one.kind].append(one)
        elif now < (due_at := digest_at(one.created_at, zone)):
            held[one.id] = due_at
        else:
            daily[one.to].append(one)
    for (to, kind), group in groups.items():
        go, wait_until = _divide(group, windows.get((to, kind)), at_once[kind], now)
        parcels += [_parcel(to, kind, some, windows.get((to, kind)), now) for some in go]
        held |= wait_until
    parcels += [Parcel(to, None, tuple(one.id for one in group), now) for to, group in daily.items()]
    return Plan(tuple(parcels), held)


def _divide(
    group: Sequence[Waiting], window: Window | None, at_once: int, now: datetime
) -> tuple[list[Sequence[Waiting]], dict[NoticeId, datetime]]:
    if window is not None and now < window.at + QUIET:
        room = max(0, at_once - window.letters)
        return [[one] for one in group[:room]], {one.id: window.at + QUIET for one in group[room:]}
    was_held = any(one.due_at > one.created_at for one in group)
    if was_held or len(group) > at_once:
        return [group], {}
    return [[one] for one in group], {}


def _parcel(to: str, kind: NoticeKind, some: Sequence[Waiting], window: Window | None, now: datetime) -> Parcel:
    is_open = window is not None and now < window.at + QUIET
    return Parcel(to, kind, tuple(one.id for one in some), window.at if window is not None and is_open else now)


def digest_at(instant: datetime, zone: tzinfo) -> datetime:
    """The first time for daily digests after an instant."""
    here = instant.astimezone(zone)
    today = datetime.combine(here.date(), DIGEST_AT, zone)
    return today if here < today else datetime.combine(here.date() + timedelta(days=1), DIGEST_AT, zone)
