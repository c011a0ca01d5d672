"""What decisions about grants need to know: a grant as it stands, what it covers, whose that is, whom to tell."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cathedra.db import prepared
from cathedra.db.models import (
    AccessGrant,
    AccessGrantItem,
    AccessGrantTelling,
    AccessGrantUse,
    Folder,
    Notice,
    Recording,
)
from cathedra.domain.access import GrantFacts, GrantId, GrantPurpose, GrantRight, GrantUse, Informed, Uses
from cathedra.domain.notices import LetterState, MailWay, NoticeKind, Value, read_back
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, NotFound, RecordingId, RecordingNotFound


class GrantNotFound(NotFound):
    """No grant has this id."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A recording or a folder that a grant names."""

    id: UUID
    name: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant with who is in it. It asks for no viewer: actions and the doors of staff ask."""

    id: GrantId
    grantee_id: AccountId
    grantee: str
    giver_id: AccountId
    giver: str
    purpose: GrantPurpose
    explanation: str
    rights: tuple[GrantRight, ...]
    granted_at: datetime
    facts: GrantFacts
    deferred_ground: str
    deferred_by: str
    revoked_by: str
    revoked_reason: str
    ended_at: datetime | None
    things: tuple[Thing, ...]


def rows_of(grants: "list[AccessGrant]") -> tuple[GrantRow, ...]:
    """Rows with what they cover, in their order."""
    ids = [grant.id for grant in grants]
    things: dict[UUID, list[Thing]] = {}
    items = AccessGrantItem.objects.filter(grant_id__in=ids).select_related("folder", "recording").order_by("id")
    for item in items:
        thing = (
            Thing(item.folder.id, item.folder.name, is_folder=True)
            if item.folder is not None
            else Thing(item.recording.id, item.recording.title, is_folder=False)  # type: ignore[union-attr]  # one of the two is there
        )
        things.setdefault(item.grant_id, []).append(thing)
    live = set(
        AccessGrantTelling.objects.filter(grant_id__in=ids, live_since__isnull=False).values_list("grant_id", flat=True)
    )
    return tuple(_row(grant, tuple(things.get(grant.id, ())), grant.id in live) for grant in grants)


def _row(grant: AccessGrant, things: tuple[Thing, ...], has_live_telling: bool) -> GrantRow:
    return GrantRow(
        id=GrantId(grant.id),
        grantee_id=AccountId(grant.grantee_id),
        grantee=grant.grantee.full_name,
        giver_id=AccountId(grant.granted_by_id),
        giver=grant.granted_by.full_name,
        purpose=GrantPurpose(grant.purpose),
        explanation=grant.explanation,
        rights=tuple(right for right in GrantRight if right in grant.rights),
        granted_at=grant.granted_at,
        facts=GrantFacts(
            starts_at=grant.starts_at,
            ends_at=grant.ends_at,
            revoked_at=grant.revoked_at,
            is_notice_held=grant.is_notice_held,
            deferred_reason=grant.deferred_reason,
            review_at=grant.review_at,
            has_live_part=has_live_telling or grant.live_since is not None,
        ),
        deferred_ground=grant.deferred_ground,
        deferred_by=grant.deferred_by.full_name if grant.deferred_by else "",
        revoked_by=grant.revoked_by.full_name if grant.revoked_by else "",
        revoked_reason=grant.revoked_reason,
        ended_at=grant.ended_at,
        things=things,
    )


PEOPLE = ("grantee", "granted_by", "deferred_by", "revoked_by")


def get_grant(grant_id: GrantId, *, lock: bool = False) -> GrantRow:
    """A grant; `lock` keeps its row until the transaction ends. Raises GrantNotFound."""
    if lock:
        list(AccessGrant.objects.select_for_update().filter(id=grant_id).values_list("id"))
    found = list(AccessGrant.objects.filter(id=grant_id).select_related(*PEOPLE))
    if not found:
        raise GrantNotFound(str(grant_id))
    return rows_of(found)[0]


def require_things(recordings: list[RecordingId], folders: list[FolderId]) -> None:
    """Raise RecordingNotFound or FolderNotFound unless all of them are there."""
    known = set(Recording.objects.filter(id__in=recordings).values_list("id", flat=True))
    if missing := [each for each in recordings if each not in known]:
        raise RecordingNotFound(str(missing[0]))
    known = set(Folder.objects.filter(id__in=folders).values_list("id", flat=True))
    if missing_folders := [each for each in folders if each not in known]:
        raise FolderNotFound(str(missing_folders[0]))


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody whose recordings a grant covers, and who could be told in their place (R147)."""

    id: AccountId
    name: str
    is_reachable: bool
    recording_count: int
    folder_count: int
    titles: tuple[str, ...]
    creator_ids: tuple[AccountId, ...]
    contact_email: str


def owners_of(grant_id: GrantId) -> tuple[Owner, ...]:
    """Everybody whose recordings it covers."""
    return tuple(
        Owner(
            id=AccountId(row.owner_id),
            name=row.full_name,
            is_reachable=row.is_active and row.has_address and not row.is_unreachable,
            recording_count=row.recording_count,
            folder_count=row.folder_count,
            titles=tuple(row.titles),
            creator_ids=tuple(AccountId(each) for each in row.creator_ids),
            contact_email=row.contact_email or "",
        )
        for row in prepared.rows("grant_owners", grant_id=grant_id)
    )


def told_owners(grant_id: GrantId) -> frozenset[AccountId]:
    """The owners for whom somebody was told already."""
    rows = AccessGrantTelling.objects.filter(grant_id=grant_id)
    return frozenset(AccountId(each) for each in rows.values_list("owner_id", flat=True))


def event_of(grant_id: GrantId, owner_id: AccountId) -> str:
    """How the notices to one owner of one grant are called."""
    return f"{grant_id}:{owner_id}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the notices for one owner."""

    telling_id: UUID
    grant_id: GrantId
    owner_id: AccountId
    informed: Informed
    is_delivered: bool
    is_lost: bool


_LOST_WAYS = (MailWay.UNREACHABLE, MailWay.NO_ADDRESS, MailWay.CLOSED)
_LOST = (LetterState.FAILED, LetterState.UNREACHABLE, LetterState.UNSURE)


def waiting_deliveries() -> tuple[Delivery, ...]:
    """Owners told of a grant that is not over, for whose recordings it does not count yet (R146)."""
    waiting = AccessGrantTelling.objects.filter(live_since=None, grant__ended_at=None).order_by("told_at")[:500]
    return tuple(_delivery(telling) for telling in waiting)


def returned_deliveries() -> tuple[Delivery, ...]:
    """Owners for whose recordings a running grant counts because they were told, and whose letter came back after all
    (R147: bounced)."""
    counting = AccessGrantTelling.objects.filter(live_since__isnull=False, grant__ended_at=None)
    told = list(counting.exclude(informed=Informed.NOBODY).order_by("told_at")[:500])
    events = [event_of(GrantId(each.grant_id), AccountId(each.owner_id)) for each in told]
    lost = Notice.objects.filter(kind=NoticeKind.STAFF_ACCESS_GRANTED, event__in=events, letter__state__in=_LOST)
    returned = set(lost.values_list("event", flat=True)) if told else set()
    found = (_delivery(each) for each, event in zip(told, events, strict=True) if event in returned)
    return tuple(each for each in found if each.is_lost and not each.is_delivered)


def _delivery(telling: AccessGrantTelling) -> Delivery:
    event = event_of(GrantId(telling.grant_id), AccountId(telling.owner_id))
    notices = Notice.objects.filter(kind=NoticeKind.STAFF_ACCESS_GRANTED, event=event)
    delivered = (
        Q(read_at__isnull=False)
        | Q(letter__state=LetterState.SENT)
        | Q(mail=MailWay.NO_SERVER, recipient__isnull=False)
    )
    nowhere = Q(mail=MailWay.NO_SERVER, recipient__isnull=True)
    lost = Q(letter__state__in=_LOST) | Q(mail__in=_LOST_WAYS) | nowhere
    return Delivery(
        telling_id=telling.id,
        grant_id=GrantId(telling.grant_id),
        owner_id=AccountId(telling.owner_id),
        informed=Informed(telling.informed),
        is_delivered=notices.filter(delivered).exists(),
        is_lost=not notices.exclude(lost).exists(),
    )


def thing_told(grant_id: GrantId, owner_id: AccountId) -> Value:
    """What of an owner's was meant when they, or others in their place, were told of the grant (N20)."""
    told = Notice.objects.filter(kind=NoticeKind.STAFF_ACCESS_GRANTED, event=event_of(grant_id, owner_id))
    values = told.values_list("values", flat=True).first()
    return read_back(values)["thing"] if values else ""


def uses_of(grant_id: GrantId, owner_id: AccountId) -> dict[GrantUse, Uses]:
    """What was done under it with one owner's recordings, while they were theirs."""
    theirs = Q(owner_id=owner_id) | Q(owner=None, recording__owner_id=owner_id)
    rows = AccessGrantUse.objects.filter(theirs, grant_id=grant_id).order_by("at")
    found: dict[GrantUse, Uses] = {}
    for kind, at in rows.values_list("kind", "at"):
        before = found.get(GrantUse(kind))
        found[GrantUse(kind)] = Uses((before.count if before else 0) + 1, at)
    return found


def told_of(grant_id: GrantId, owner_id: AccountId) -> tuple[tuple[AccountId, ...], tuple[str, ...]]:
    """The accounts and the addresses outside that N20 for this owner went to; they are told of the end too (N21)."""
    rows = Notice.objects.filter(kind=NoticeKind.STAFF_ACCESS_GRANTED, event=event_of(grant_id, owner_id))
    found = list(rows.values_list("recipient_id", "address"))
    return (
        tuple(AccountId(account) for account, _ in found if account),
        tuple(address for account, address in found if not account),
    )


def due_to_end(now: datetime) -> tuple[GrantId, ...]:
    """Grants whose time is over, or that were revoked, and whose end was not dealt with."""
    over = Q(ends_at__lte=now) | Q(revoked_at__isnull=False)
    rows = AccessGrant.objects.filter(over, ended_at=None).order_by("ends_at")
    return tuple(GrantId(each) for each in rows.values_list("id", flat=True)[:500])


def due_for_review(now: datetime) -> tuple[GrantId, ...]:
    """Grants whose owners are to be told now, because the review came and nobody renewed the deferral (R147)."""
    rows = AccessGrant.objects.filter(is_notice_held=True, review_at__lte=now).order_by("review_at")
    return tuple(GrantId(each) for each in rows.values_list("id", flat=True)[:500])


def open_folder_grants(now: datetime) -> tuple[GrantId, ...]:
    """Running grants of which owners may have come since they were told: of folders, and by a change of owner."""
    rows = AccessGrant.objects.filter(is_notice_held=False, revoked_at=None, ended_at=None, ends_at__gt=now)
    return tuple(GrantId(each) for each in rows.order_by("id").values_list("id", flat=True)[:500])


def grants_held_by(account_id: AccountId) -> tuple[GrantId, ...]:
    """What somebody holds that has not ended."""
    rows = AccessGrant.objects.filter(grantee_id=account_id, revoked_at=None, ended_at=None).order_by("id")
    return tuple(GrantId(each) for each in rows.values_list("id", flat=True))
