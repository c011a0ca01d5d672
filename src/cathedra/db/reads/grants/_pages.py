"""Grants as pages show them: lists for staff, one with what its owners were told, and what concerns an owner."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cathedra.db.models import AccessGrant, AccessGrantTelling, AccessGrantUse, Folder, Letter, Notice, Recording
from cathedra.db.reads.access import may, may_in_folders
from cathedra.db.reads.grants._facts import PEOPLE, GrantRow, event_of, get_grant, rows_of
from cathedra.db.reads.keyset import Page, page_of, parse_instant, place
from cathedra.domain.access import Action, GrantId, GrantUse, Informed
from cathedra.domain.notices import LetterState, MailWay, NoticeKind, Value, read_back
from cathedra.domain.terms import AccountId, RecordingId

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A notice about a grant, to somebody: what it said, and how it reached them."""

    kind: NoticeKind
    to: str
    at: datetime
    values: Mapping[str, Value]
    sent_at: datetime | None
    read_at: datetime | None
    is_on_site_only: bool
    is_lost: bool


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """An owner of what a grant covers, who was told for them, and since when the grant counts for their recordings."""

    owner: str
    informed: Informed
    told_at: datetime
    live_since: datetime | None
    notices: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class UseLine:
    """Something that was done under a grant."""

    recording_id: RecordingId
    title: str
    kind: GrantUse
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantPage:
    """Everything that the page of a grant shows to service administrators."""

    grant: GrantRow
    told: tuple[OwnerTold, ...]
    uses: tuple[UseLine, ...]


def list_grants(*, is_open: bool, now: datetime, after: str = "", limit: int) -> Page[GrantRow]:
    """Grants that run, or those that ended; the newest first. The doors let only service administrators ask."""
    over = Q(ends_at__lte=now) | Q(revoked_at__isnull=False)
    rows = AccessGrant.objects.filter(~over if is_open else over)
    if found := parse_instant(after):
        at, row_id = found
        rows = rows.filter(Q(granted_at__lt=at) | Q(granted_at=at, id__lt=row_id))
    asked = list(rows.select_related(*PEOPLE).order_by("-granted_at", "-id")[: limit + 1])
    keys = [place(row.granted_at.isoformat(), row.id) for row in asked]
    return page_of(rows_of(asked), keys, limit=limit)


def grant_page(grant_id: GrantId) -> GrantPage:
    """One grant with everything about it. Raises GrantNotFound."""
    tellings = AccessGrantTelling.objects.filter(grant_id=grant_id).select_related("owner").order_by("told_at", "id")
    return GrantPage(
        grant=get_grant(grant_id),
        told=tuple(_owner_told(telling) for telling in tellings[:MOST_LINES]),
        uses=_uses(Q(grant_id=grant_id)),
    )


def _owner_told(telling: AccessGrantTelling) -> OwnerTold:
    event = event_of(GrantId(telling.grant_id), AccountId(telling.owner_id))
    kinds = (NoticeKind.STAFF_ACCESS_GRANTED, NoticeKind.STAFF_ACCESS_ENDED)
    rows = Notice.objects.filter(kind__in=kinds, event=event).select_related("letter", "recipient")
    return OwnerTold(
        owner=telling.owner.full_name,
        informed=Informed(telling.informed),
        told_at=telling.told_at,
        live_since=telling.live_since,
        notices=tuple(_told(row, row.letter) for row in rows.order_by("created_at", "id")),
    )


_FAILED = (LetterState.FAILED, LetterState.UNREACHABLE, LetterState.UNSURE)


def _told(row: Notice, letter: Letter | None) -> Told:
    return Told(
        kind=NoticeKind(row.kind),
        to=row.recipient.full_name if row.recipient else row.address,
        at=row.created_at,
        values=read_back(row.values),
        sent_at=letter.sent_at if letter else None,
        read_at=row.read_at,
        is_on_site_only=row.mail not in (MailWay.AT_ONCE, MailWay.DIGEST),
        is_lost=letter is not None and letter.state in _FAILED,
    )


def _uses(which: Q) -> tuple[UseLine, ...]:
    rows = AccessGrantUse.objects.filter(which).select_related("recording").order_by("-at", "-id")
    return tuple(
        UseLine(RecordingId(row.recording_id), row.recording.title, GrantUse(row.kind), row.at)
        for row in rows[:MOST_LINES]
    )


@dataclass(frozen=True, slots=True)
class OwnGrant:
    """A grant as somebody sees it whose recordings it covers, or who was told in their place (R148)."""

    grant: GrantRow
    owner: str
    uses: tuple[UseLine, ...]


GRANT_AND_OWNER = r"^[0-9a-f-]{36}:[0-9a-f-]{36}$"  # the event of a notice that access was given


def list_for_owner(viewer: AccountId, *, now: datetime) -> tuple[OwnGrant, ...]:
    """Grants that cover recordings of the viewer's, or of which they were told in the owner's place, with each use;
    not those of which owners are not told yet (R147). What else a grant covers is other people's, and is not named; nor is, in the
    owner's place, what they may not see (R42)."""
    told = Notice.objects.filter(recipient_id=viewer, kind=NoticeKind.STAFF_ACCESS_GRANTED)
    events = told.filter(event__regex=GRANT_AND_OWNER).values_list("event", flat=True)
    pairs = {_pair(event) for event in events[:MOST_LINES]}
    own = AccessGrantTelling.objects.filter(owner_id=viewer).values_list("grant_id", "owner_id")
    pairs |= set(own[:MOST_LINES])
    which = Q(grant_id__in={grant for grant, _ in pairs}, grant__is_notice_held=False)
    tellings = AccessGrantTelling.objects.filter(which).select_related("owner").order_by("-told_at")
    kept = [telling for telling in tellings if (telling.grant_id, telling.owner_id) in pairs]
    grants = AccessGrant.objects.filter(id__in=[telling.grant_id for telling in kept]).select_related(*PEOPLE)
    rows = {row.id: row for row in rows_of(list(grants))}
    named = {thing.id for row in rows.values() for thing in row.things if not thing.is_folder}
    owners = dict(Recording.objects.filter(id__in=named).values_list("id", "owner_id"))
    used = AccessGrantUse.objects.filter(grant_id__in=rows).values("recording_id")
    seen = Q(owner_id=viewer) | may(viewer, Action.SEE_METADATA, now) | may(viewer, Action.LIST, now)
    known = Recording.objects.filter(seen, Q(id__in=named) | Q(id__in=used))
    visible = set(known.values_list("id", flat=True))
    owners = {key: owner for key, owner in owners.items() if key in visible}
    return tuple(
        OwnGrant(
            grant=_of_owner(rows[GrantId(telling.grant_id)], AccountId(telling.owner_id), owners),
            owner="" if telling.owner_id == viewer else telling.owner.full_name,
            uses=_uses(Q(grant_id=telling.grant_id, recording__owner_id=telling.owner_id, recording_id__in=visible)),
        )
        for telling in kept
    )


def _of_owner(row: GrantRow, owner_id: AccountId, owners: Mapping[UUID, UUID]) -> GrantRow:
    return replace(row, things=tuple(each for each in row.things if each.is_folder or owners.get(each.id) == owner_id))


def _pair(event: str) -> tuple[UUID, UUID]:
    grant, _colon, owner = event.partition(":")
    return UUID(grant), UUID(owner)


def list_held(viewer: AccountId, *, now: datetime) -> tuple[GrantRow, ...]:
    """What the viewer was given as a member of staff, the newest first. What it covers has no name before it counts, nor
    after it ended, unless they may see it otherwise (R42, R146, R149)."""
    asked = AccessGrant.objects.filter(grantee_id=viewer).select_related(*PEOPLE).order_by("-granted_at")
    rows = rows_of(list(asked[:MOST_LINES]))
    ids = {thing.id for row in rows for thing in row.things}
    seen = may(viewer, Action.SEE_METADATA, now) | may(viewer, Action.LIST, now)
    known = set(Recording.objects.filter(seen, id__in=ids).values_list("id", flat=True))
    folders = Folder.objects.filter(may_in_folders(viewer, Action.SEE_FOLDER, now), id__in=ids)
    known |= set(folders.values_list("id", flat=True))
    return tuple(
        replace(row, things=tuple(each if each.id in known else replace(each, name="") for each in row.things))
        for row in rows
    )


def awaiting_second(viewer: AccountId, now: datetime) -> int:
    """How many grants wait for this service administrator to write down why the owner is not told (R147)."""
    rows = AccessGrant.objects.filter(is_notice_held=True, deferred_reason="", revoked_at=None, ends_at__gt=now)
    return rows.exclude(granted_by_id=viewer).exclude(grantee_id=viewer).count()


def reviews_before(instant: datetime) -> int:
    """How many deferrals come to their review before then, at which the owner is told unless somebody renews."""
    return AccessGrant.objects.filter(is_notice_held=True, review_at__lt=instant).count()
