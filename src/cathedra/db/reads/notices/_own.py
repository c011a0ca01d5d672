"""A person's own notices, what they chose, and whether their address takes mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cathedra.db.models import Account, MailPreference, Notice, UnreachableAddress
from cathedra.db.reads import keyset
from cathedra.domain import notices
from cathedra.domain.notices import MailChoice, NoticeId, NoticeKind, Value
from cathedra.domain.terms import AccountId, NotFound


class NoticeNotFound(NotFound):
    """The viewer has no notice of this id."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in its reader's list; the door fills the wording of its kind."""

    id: NoticeId
    kind: NoticeKind
    values: Mapping[str, Value]
    link: str
    other_link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailStanding:
    """Where somebody's e-mail goes, and why it does not when it does not."""

    address: str
    problem: str
    since_at: datetime | None

    @property
    def is_unreachable(self) -> bool:
        """Nothing is sent to the address until its owner asks to try it again."""
        return self.since_at is not None


def list_notices(
    viewer: AccountId, *, only_unread: bool = False, after: str = "", limit: int
) -> keyset.Page[NoticeRow]:
    """The viewer's own, the newest first."""
    rows = Notice.objects.filter(recipient_id=viewer)
    if only_unread:
        rows = rows.filter(read_at=None)
    if place := keyset.parse_instant(after):
        rows = rows.filter(Q(created_at__lt=place[0]) | Q(created_at=place[0], id__lt=place[1]))
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    keys = [keyset.place(row.created_at.isoformat(), row.id) for row in found]
    return keyset.page_of([_row(row) for row in found], keys, limit=limit)


def _row(row: Notice) -> NoticeRow:
    return NoticeRow(
        id=NoticeId(row.id),
        kind=NoticeKind(row.kind),
        values=notices.read_back(row.values),
        link=row.link,
        other_link=row.other_link,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def get_link(viewer: AccountId, notice_id: NoticeId) -> str:
    """Where a notice of the viewer's leads. Raises NoticeNotFound for everybody else's."""
    found = Notice.objects.filter(id=notice_id, recipient_id=viewer).values_list("link", flat=True).first()
    if found is None:
        raise NoticeNotFound(str(notice_id))
    return found


def list_choices(viewer: AccountId) -> dict[NoticeKind, MailChoice]:
    """What the viewer chose, kind by kind; a kind that they never touched is left out."""
    rows = MailPreference.objects.filter(account_id=viewer, kind__in=list(NoticeKind))
    return {NoticeKind(kind): MailChoice(choice) for kind, choice in rows.values_list("kind", "choice")}


def mail_standing(viewer: AccountId) -> MailStanding:
    """Whether the viewer's own address takes mail."""
    address = Account.objects.filter(id=viewer).values_list("email", flat=True).first() or ""
    marked = UnreachableAddress.objects.filter(address=address.lower()).first() if address else None
    return MailStanding(address, marked.reason if marked else "", marked.since_at if marked else None)
