"""Look every night at what is to be recorded, and tell those who schedule what is wrong (R157)."""

from collections.abc import Sequence
from datetime import date, datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import FailedEvent
from cathedra.db.writes import notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.ingest import nightly
from cathedra.domain.ingest.nightly import Found
from cathedra.domain.notices import CHECKED, NOT_SCHEDULED, PLACES, NoticeKind, Phrase, Value
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.terms import AccountId

_GIB = 1024**3


def check_schedules(*, now: datetime) -> int:
    """One letter to each who schedules, and only where there is something; done again in the same night, nobody is told
    twice. Returns to how many."""
    letters: dict[AccountId, list[Value]] = {}
    for found in nightly.troubles(reads.list_upcoming(now=now), now=now):
        for one in sorted(found.to):
            letters.setdefault(one, []).append(_told(found, one, now))
    for by, failed in reads.list_given_up(now=now):
        for one in _of_feed(by):
            letters.setdefault(one, []).append(_failed(failed))
    with transaction():
        for to, told in letters.items():
            _tell(to, told, now)
    return len(letters)


def _told(found: Found, to: AccountId, now: datetime) -> Phrase:
    """What is recorded in a room is told by its title to whoever may know of it; to others by its place (R169)."""
    facts = access_reads.recording_facts(to, found.about.recording_id)
    may_see = access.decide(facts, access.Action.SEE_METADATA, now).is_permitted
    place = found.at or next(iter(found.about.recorders), None)
    where = place.place if place else ""
    values: dict[str, str | date] = {
        "what": f"“{found.about.title}”" if may_see or not where else where,
        "since": found.about.span.starts_at,
        "place": where,
        "free": str((place.free_bytes or 0) // _GIB) if place else "",
    }
    return Phrase(CHECKED[found.trouble], values)


def _failed(event: FailedEvent) -> Sequence[Phrase]:
    why = event.why
    values = {name: _instant(value) if name.endswith("_at") else value for name, value in why["values"].items()}
    named = {"title": event.said.get("title", ""), "event": event.external_id}
    return (Phrase(NOT_SCHEDULED, named), Phrase(why["sentence"], values))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _of_feed(by: AccountId | None) -> Sequence[AccountId]:
    """Whoever sent it; of what a program sent, those who run the service."""
    if by is not None and people_reads.account_facts(by).details.affiliation is not Affiliation.SERVICE_ACCOUNT:
        return [by]
    return people_reads.list_holders(SystemRole.SERVICE_ADMIN)


def _tell(to: AccountId, told: Sequence[Value], now: datetime) -> None:
    shown = dict(zip(PLACES, told, strict=False))
    rest = len(told) - len(shown)
    values: dict[str, Value] = {name: shown.get(name, "") for name in PLACES}
    values |= {"count": str(len(told)), "more": str(rest or "")}
    notices.add(
        NoticeKind.SCHEDULES_CHECKED,
        event=f"schedules:{now.date().isoformat()}",
        to=[to],
        values=values,
        link="/schedules/",
        now=now,
    )
