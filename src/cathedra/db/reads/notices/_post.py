"""Letters: what is due, what is held, what became of them. Asked by the product itself and by staff whom the door let
in, so these take no viewer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from cathedra.db.models import Account, Letter, Notice, UnreachableAddress
from cathedra.db.reads import keyset
from cathedra.db.reads.notices._own import NoticeRow, _row
from cathedra.domain.notices import (
    LEASE,
    QUIET,
    WAITING_WAYS,
    LetterId,
    LetterState,
    MailWay,
    NoticeId,
    NoticeKind,
    Waiting,
    Window,
)
from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that may go into a letter, with what its recipient's address is worth now."""

    waiting: Waiting
    recipient: AccountId | None
    address: str
    is_active: bool
    is_unreachable: bool


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """A letter in a worker's hands."""

    id: LetterId
    address: str
    recipient: AccountId | None
    attempts: int
    first_tried_at: datetime
    claim: UUID
    was_handed: bool = False


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in the list of staff: to whom, of which kind, what became of it; never what it says."""

    id: LetterId
    address: str
    kind: NoticeKind | None
    count: int
    state: LetterState
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class UnreachableRow:
    """An address that takes no mail, and what its server said."""

    id: int
    address: str
    reason: str
    since_at: datetime


def list_due(*, now: datetime, limit: int) -> list[DueNotice]:
    """Notices that may go into letters, the longest due first. Inside a transaction: their rows are held, and those
    that another worker holds are left out."""
    rows = Notice.objects.filter(letter=None, mail__in=WAITING_WAYS, due_at__lte=now)
    found = list(rows.order_by("due_at", "recipient_id", "kind").select_for_update(skip_locked=True)[:limit])
    people = {one.id: one for one in Account.objects.filter(id__in={row.recipient_id for row in found})}
    addresses = {row.id: people[row.recipient_id].email if row.recipient_id else row.address for row in found}
    small = {address.lower() for address in addresses.values()}
    blocked = set(UnreachableAddress.objects.filter(address__in=small).values_list("address", flat=True))
    return [
        DueNotice(
            waiting=Waiting(
                id=NoticeId(row.id),
                to=str(row.recipient_id or row.address),
                kind=NoticeKind(row.kind),
                way=MailWay(row.mail),
                created_at=row.created_at,
                due_at=row.due_at,
            ),
            recipient=AccountId(row.recipient_id) if row.recipient_id else None,
            address=addresses[row.id],
            is_active=people[row.recipient_id].is_active if row.recipient_id else True,
            is_unreachable=addresses[row.id].lower() in blocked,
        )
        for row in found
    ]


def list_windows(due: Collection[DueNotice], *, now: datetime) -> dict[tuple[str, NoticeKind], Window]:
    """The hour that is running for each recipient and kind, where one is."""
    people = {one.recipient for one in due if one.recipient}
    outside = {one.address for one in due if not one.recipient}
    rows = Letter.objects.filter(
        Q(recipient_id__in=people) | Q(recipient=None, address__in=outside), window_at__gt=now - QUIET
    ).exclude(kind="")
    found: dict[tuple[str, NoticeKind], Window] = {}
    grouped = rows.values_list("recipient_id", "address", "kind", "window_at").annotate(letters=Count("id"))
    for recipient, address, kind, at, letters in grouped.order_by("window_at"):
        found[str(recipient or address), NoticeKind(kind)] = Window(at, letters)
    return found


def count_waiting(*, now: datetime) -> int:
    """Letters that could be sent now."""
    return Letter.objects.filter(state=LetterState.QUEUED, due_at__lte=now).count()


def list_abandoned(*, now: datetime) -> list[HeldLetter]:
    """Letters whose worker died with them in its hands."""
    rows = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=now - LEASE)
    return [held(row) for row in rows]


def held(row: Letter) -> HeldLetter:
    """A claimed row as a value."""
    if row.claim is None or row.first_tried_at is None:
        raise ValueError(f"The letter {row.id} is in nobody's hands.")
    return HeldLetter(
        id=LetterId(row.id),
        address=row.address,
        recipient=AccountId(row.recipient_id) if row.recipient_id else None,
        attempts=row.attempts,
        first_tried_at=row.first_tried_at,
        claim=row.claim,
        was_handed=row.handed_at is not None,
    )


def content_of(letter_id: LetterId) -> list[NoticeRow]:
    """The notices of a letter, in their order."""
    return [_row(row) for row in Notice.objects.filter(letter_id=letter_id).order_by("created_at", "id")]


def find_letter_address(message_ids: Collection[UUID]) -> tuple[LetterId, str] | None:
    """The letter that a delivery report is about, if we sent it."""
    row = Letter.objects.filter(id__in=message_ids, state__in=(LetterState.SENT, LetterState.UNSURE)).first()
    return (LetterId(row.id), row.address) if row else None


def is_delivered(kind: NoticeKind, *, event: str, to: AccountId) -> bool:
    """Whether somebody was reached (R146): a mail server took the letter and has not returned it, or they opened the
    notice on the site."""
    reached = Q(letter__state=LetterState.SENT) | Q(read_at__isnull=False)
    return Notice.objects.filter(reached, recipient_id=to, kind=kind, event=event).exists()


def is_reachable(account_id: AccountId) -> bool:
    """Whether somebody can be told anything (R147): the account is open, and its address has not refused mail."""
    row = Account.objects.filter(id=account_id, is_active=True).values_list("email", flat=True).first()
    if row is None:
        return False
    return not UnreachableAddress.objects.filter(address=row.lower()).exists()


def list_letters(*, after: str = "", limit: int) -> keyset.Page[LetterRow]:
    """The newest letters of everybody, without what they say."""
    rows = Letter.objects.all()
    if place := keyset.parse_instant(after):
        rows = rows.filter(Q(created_at__lt=place[0]) | Q(created_at=place[0], id__lt=place[1]))
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    counted = Notice.objects.filter(letter_id__in=[row.id for row in found]).values_list("letter_id")
    counts = dict(counted.annotate(count=Count("id")))
    keys = [keyset.place(row.created_at.isoformat(), row.id) for row in found]
    return keyset.page_of([_letter_row(row, counts.get(row.id, 0)) for row in found], keys, limit=limit)


def _letter_row(row: Letter, count: int) -> LetterRow:
    return LetterRow(
        id=LetterId(row.id),
        address=row.address,
        kind=NoticeKind(row.kind) if row.kind else None,
        count=count,
        state=LetterState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        problem=row.problem,
    )


def list_unreachable(*, limit: int) -> list[UnreachableRow]:
    """Addresses that take no mail, the newest first."""
    rows = UnreachableAddress.objects.order_by("-since_at", "-id")[:limit]
    return [UnreachableRow(row.id, row.address, row.reason, row.since_at) for row in rows]
