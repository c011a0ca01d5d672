"""What the API says of access grants."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Schema

from cathedra import wiring
from cathedra.db.reads import grants as reads
from cathedra.domain import access, notices
from cathedra.domain.access import GrantId, GrantRight


class GrantThing(Schema):
    """A recording, or a folder with all below it, that a grant covers."""

    id: UUID
    name: str
    is_folder: bool


class GrantLine(Schema):
    """A grant: who was let in to what, why, until when, and how it stands."""

    id: UUID
    grantee_id: UUID
    grantee: str
    giver_id: UUID
    giver: str
    purpose: str
    explanation: str
    rights: list[str]
    standing: str
    granted_at: datetime
    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    is_notice_held: bool
    deferred_ground: str
    deferred_reason: str
    review_at: datetime | None
    things: list[GrantThing]


class Grants(Schema):
    """Some grants, and `after` for the next ones; empty at the end."""

    rows: list[GrantLine]
    after: str


class GrantLetter(Schema):
    """A notice about a grant, word for word, and what became of it."""

    kind: str
    to: str
    at: datetime
    subject: str
    paragraphs: list[str]
    sent_at: datetime | None
    read_at: datetime | None


class GrantOwner(Schema):
    """An owner, who was told for them, and since when the grant counts for their recordings."""

    owner: str
    informed: str
    told_at: datetime
    live_since: datetime | None
    letters: list[GrantLetter]


class GrantUseLine(Schema):
    """Something that was done under a grant."""

    recording_id: UUID
    title: str
    kind: str
    at: datetime


class GrantDetails(GrantLine):
    """A grant with what its owners were told and what was done under it."""

    told: list[GrantOwner]
    uses: list[GrantUseLine]


class NewGrant(Schema):
    """Access to give: recordings or one folder. `is_notice_held` keeps everybody out until a second person says why."""

    grantee_id: UUID
    purpose: str = Field(max_length=100)
    explanation: str = Field(max_length=4000)
    rights: list[GrantRight] = []
    recordings: list[UUID] = Field([], max_length=1000)
    folders: list[UUID] = Field([], max_length=100)
    starts_at: datetime | None = None
    ends_at: datetime
    is_notice_held: bool = False


class GrantNotice(Schema):
    """Tell the owner now, or say why not before a day (R147); `ground` is security_incident or legal_duty."""

    tell: bool = False
    ground: str = Field("", max_length=40)
    reason: str = Field("", max_length=4000)
    review_at: datetime | None = None


class GrantEnd(Schema):
    """Why access ends early."""

    reason: str = Field("", max_length=2000)


class GrantFigures(Schema):
    """The report of a quarter (R150)."""

    quarter: str
    by_purpose: dict[str, int]
    grants: int
    grants_used: int
    uses: int
    revoked: int
    owners_to_tell: int
    owners_told: int
    told_in_their_place: int
    notice_rate_percent: int | None
    deferred_notices: int
    deferred: dict[str, int]
    refused: dict[str, int]


class OwnGrantLine(Schema):
    """A grant that covers recordings of mine, with each use of them."""

    grantee: str
    purpose: str
    explanation: str
    rights: list[str]
    standing: str
    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    things: list[GrantThing]
    uses: list[GrantUseLine]


class OwnGrants(Schema):
    """Staff access that concerns me, and what I was given myself."""

    concerning: list[OwnGrantLine]
    held: list[GrantLine]


def things_of(row: reads.GrantRow) -> list[GrantThing]:
    """What it covers."""
    return [GrantThing(id=thing.id, name=thing.name, is_folder=thing.is_folder) for thing in row.things]


def line_of(row: reads.GrantRow) -> dict[str, Any]:
    """A grant as lists have it."""
    facts = row.facts
    return {
        "id": row.id,
        "grantee_id": row.grantee_id,
        "grantee": row.grantee,
        "giver_id": row.giver_id,
        "giver": row.giver,
        "purpose": row.purpose,
        "explanation": row.explanation,
        "rights": list(row.rights),
        "standing": access.standing_of(facts, timezone.now()),
        "granted_at": row.granted_at,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "revoked_at": facts.revoked_at,
        "is_notice_held": facts.is_notice_held,
        "deferred_ground": row.deferred_ground,
        "deferred_reason": facts.deferred_reason,
        "review_at": facts.review_at,
        "things": things_of(row),
    }


def use_of(use: reads.UseLine) -> GrantUseLine:
    """One use."""
    return GrantUseLine(recording_id=use.recording_id, title=use.title, kind=use.kind, at=use.at)


def letter_of(letter: reads.Told) -> GrantLetter:
    """One notice, word for word."""
    wording = notices.WORDINGS[letter.kind]
    return GrantLetter(
        kind=letter.kind,
        to=letter.to,
        at=letter.at,
        subject=notices.subject(wording, letter.values, wiring.in_words),
        paragraphs=list(notices.paragraphs(wording, letter.values, wiring.in_words)),
        sent_at=letter.sent_at,
        read_at=letter.read_at,
    )


def details_of(grant_id: GrantId) -> GrantDetails:
    """A grant with what was told and done. Raises GrantNotFound."""
    page = reads.grant_page(grant_id)
    return GrantDetails(
        **line_of(page.grant),
        told=[
            GrantOwner(
                owner=owner.owner,
                informed=owner.informed,
                told_at=owner.told_at,
                live_since=owner.live_since,
                letters=[letter_of(letter) for letter in owner.notices],
            )
            for owner in page.told
        ],
        uses=[use_of(use) for use in page.uses],
    )
