"""Tell people: the notices themselves, what was read, what somebody chose, addresses that take no mail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Account, Letter, MailPreference, Notice, UnreachableAddress
from cathedra.db.writes import jobs
from cathedra.domain import notices
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.notices import LetterState, MailChoice, MailWay, NoticeKind, Value
from cathedra.domain.terms import AccountId

SEND = Job(JobKind.SEND_NOTICES, {}, queue=Queue.MAIL, lock="mail", queueing_lock="mail")


def add(
    kind: NoticeKind,
    *,
    event: str,
    to: Iterable[AccountId],
    values: Mapping[str, Value],
    link: str,
    now: datetime,
    addresses: Iterable[str] = (),
    other_link: str = "",
) -> None:
    """Tell accounts, and addresses that have none, of one event: each at most once (R229), whatever repeats this.

    Inside the caller's transaction. `values` fill exactly the places of the kind's wording and `link` is a path of
    this site, or WrongNotice is raised. Who closed their account, or whose address takes no mail, finds it on the
    site; e-mail goes as each person chose, except that what must be told cannot be switched off.
    """
    wording = notices.WORDINGS[kind]
    notices.check(wording, values, link)
    notices.check(wording, values, other_link)
    told = {
        "kind": kind,
        "event": event,
        "values": notices.kept(values),
        "link": link,
        "other_link": other_link,
        "due_at": now,
    }
    ways = _ways(sorted(set(to)), kind)
    rows = [Notice(recipient_id=account_id, mail=way, created_at=now, **told) for account_id, way in ways.items()]
    outside = sorted({address.strip() for address in addresses if address.strip()})
    blocked = _unreachable(outside)
    for address in outside:
        way = MailWay.UNREACHABLE if address.lower() in blocked else MailWay.AT_ONCE
        rows.append(Notice(address=address, mail=way, created_at=now, **told))
    if not rows:
        return
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.mail in notices.WAITING_WAYS for row in rows):
        jobs.enqueue([SEND])


def _ways(account_ids: Sequence[AccountId], kind: NoticeKind) -> dict[AccountId, MailWay]:
    people = {row.id: row for row in Account.objects.filter(id__in=account_ids)}
    blocked = _unreachable([person.email for person in people.values()])
    chosen: dict[UUID, str] = dict(
        MailPreference.objects.filter(account_id__in=account_ids, kind=kind).values_list("account_id", "choice")
    )
    return {
        AccountId(person.id): notices.mail_way(
            notices.WORDINGS[kind],
            chosen=MailChoice(chosen[person.id]) if person.id in chosen else None,
            is_active=person.is_active,
            has_address=bool(person.email),
            is_unreachable=person.email.lower() in blocked,
        )
        for person in people.values()
    }


def _unreachable(addresses: Iterable[str]) -> frozenset[str]:
    wanted = {address.lower() for address in addresses if address}
    if not wanted:
        return frozenset()
    rows = UnreachableAddress.objects.filter(address__in=wanted)  # they are kept in small letters
    return frozenset(rows.values_list("address", flat=True))


def set_read(account_id: AccountId, notice_ids: Iterable[UUID] | None, *, now: datetime) -> int:
    """Mark notices of this account as read; all of them without ids. What was read stays read when it was. Returns how
    many were not."""
    rows = Notice.objects.filter(recipient_id=account_id, read_at=None)
    if notice_ids is not None:
        rows = rows.filter(id__in=list(notice_ids))
    return rows.update(read_at=now)


def set_choice(account_id: AccountId, kind: NoticeKind, choice: MailChoice) -> None:
    """How somebody wants the e-mails of a kind from now on; notices that wait already go as they would have."""
    MailPreference.objects.update_or_create(account_id=account_id, kind=kind, defaults={"choice": choice})


def mark_unreachable(address: str, *, reason: str, now: datetime) -> bool:
    """Nothing more is sent to an address; what waits for it stays on the site. False when it was marked before."""
    small = address.lower()
    Letter.objects.filter(address__iexact=small, state=LetterState.QUEUED).update(
        state=LetterState.UNREACHABLE, problem=reason
    )
    _, is_new = UnreachableAddress.objects.get_or_create(address=small, defaults={"reason": reason, "since_at": now})
    return is_new


def forget_unreachable(address: str) -> bool:
    """Send to an address again. False when it was not marked."""
    return bool(UnreachableAddress.objects.filter(address=address.lower()).delete()[0])
