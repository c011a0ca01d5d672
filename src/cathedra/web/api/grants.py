"""Access grants, and recordings as those who run the service see them: the same decisions as the pages (R26, R141-R150)."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema, Status

from cathedra import wiring
from cathedra.actions import audit as audit_actions
from cathedra.actions import grants as actions
from cathedra.db.reads import grants as reads
from cathedra.db.reads import library
from cathedra.domain import access, notices
from cathedra.domain.access import GrantId, GrantRight
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, Code, Decision, FolderId, RecordingId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.staff.grants import figures

router = Router(tags=["grants"])
Limit = Annotated[int, Query(ge=1, le=100)]


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
    """Tell the owner now, or say why not before a day (R147)."""

    tell: bool = False
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


class RecordingDetails(Schema):
    """What a recording is and who is responsible for it (R26, R222): never what is said or shown in it."""

    id: UUID
    title: str
    state: str
    folder_id: UUID
    folder_name: str
    owner_id: UUID
    owner_name: str
    is_owner_active: bool
    creators: list[str]
    course: str
    department: str
    department_contact: str
    duration_ms: int | None
    captured_at: datetime | None
    uploaded_at: datetime | None
    ready_at: datetime | None
    created_at: datetime
    updated_at: datetime
    source_count: int
    source_bytes: int
    stream_count: int
    rendition_count: int
    rendition_bytes: int
    viewer_count: int


class FoundRecording(Schema):
    """A recording that staff found."""

    id: UUID
    title: str
    state: str
    folder_name: str
    owner_name: str
    created_at: datetime
    duration_ms: int | None


class FoundRecordings(Schema):
    """Some of them, and `after` for the next ones; empty at the end."""

    rows: list[FoundRecording]
    after: str


class GrantRequest(Schema):
    """What access is needed for."""

    message: str = Field(max_length=2000)


def _things(row: reads.GrantRow) -> list[GrantThing]:
    return [GrantThing(id=thing.id, name=thing.name, is_folder=thing.is_folder) for thing in row.things]


def _line(row: reads.GrantRow) -> dict[str, Any]:
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
        "deferred_reason": facts.deferred_reason,
        "review_at": facts.review_at,
        "things": _things(row),
    }


def _use(use: reads.UseLine) -> GrantUseLine:
    return GrantUseLine(recording_id=use.recording_id, title=use.title, kind=use.kind, at=use.at)


def _letter(letter: reads.Told) -> GrantLetter:
    wording = notices.WORDINGS[letter.kind]
    return GrantLetter(
        kind=letter.kind,
        to=letter.to,
        at=letter.at,
        subject=notices.subject(wording, letter.values, gettext),
        paragraphs=list(notices.paragraphs(wording, letter.values, gettext)),
        sent_at=letter.sent_at,
        read_at=letter.read_at,
    )


def _details(grant_id: GrantId) -> GrantDetails:
    page = reads.grant_page(grant_id)
    return GrantDetails(
        **_line(page.grant),
        told=[
            GrantOwner(
                owner=owner.owner,
                informed=owner.informed,
                told_at=owner.told_at,
                live_since=owner.live_since,
                letters=[_letter(letter) for letter in owner.notices],
            )
            for owner in page.told
        ],
        uses=[_use(use) for use in page.uses],
    )


@router.get("/staff/grants", response={200: Grants, REFUSED: Refusal}, operation_id="listGrants")
@for_staff(StaffArea.GRANTS)
def list_grants(
    request: HttpRequest, show: Literal["running", "ended"] = "running", after: str = "", limit: Limit = 50
) -> Any:
    """Grants that run, or those that ended, the newest first."""
    page = reads.list_grants(is_open=show == "running", now=timezone.now(), after=after, limit=limit)
    return Grants(rows=[GrantLine(**_line(row)) for row in page.rows], after=page.after)


@router.post("/staff/grants", response={201: GrantDetails, REFUSED: Refusal}, operation_id="giveGrant")
@for_staff(StaffArea.GRANTS)
def give_grant(request: HttpRequest, asked: NewGrant) -> Any:
    """Give a member of staff access to content; its owner is told. A refusal is on the audit trail."""
    if not all(each is None or timezone.is_aware(each) for each in (asked.starts_at, asked.ends_at)):
        return told(_naive())
    outcome = actions.give_grant(
        AccountId(asked.grantee_id),
        purpose=asked.purpose,
        explanation=asked.explanation,
        rights=asked.rights,
        recordings=[RecordingId(each) for each in asked.recordings],
        folders=[FolderId(each) for each in asked.folders],
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        is_notice_held=asked.is_notice_held,
        policy=wiring.grant_policy(),
        actor=by(request),
        now=timezone.now(),
    )
    return Status(201, _details(outcome.grant_id)) if outcome.grant_id else told(outcome.decision)


def _naive() -> Decision:
    return deny(Code.BAD_REQUEST, "R228", noop("An instant needs its offset from UTC, as 2026-11-30T09:00:00Z."))


@router.get("/staff/grants/report", response={200: GrantFigures, REFUSED: Refusal}, operation_id="getGrantReport")
@for_staff(StaffArea.GRANTS)
def get_report(request: HttpRequest, quarter: str = "") -> Any:
    """The report of a quarter, as `2026-Q4`; without one, of the present quarter."""
    wanted = access.parse_quarter(quarter) if quarter else access.quarter_of(timezone.localdate())
    if wanted is None:
        return told(deny(Code.BAD_REQUEST, "R150", noop("Give a quarter as 2026-Q4.")))
    found = figures(wanted)
    return GrantFigures(
        quarter=str(wanted),
        by_purpose=dict(found.by_purpose),
        grants=found.given,
        grants_used=found.used,
        uses=found.uses,
        revoked=found.revoked,
        owners_to_tell=found.to_tell,
        owners_told=found.told,
        told_in_their_place=found.told_instead,
        notice_rate_percent=found.notice_percent,
        deferred_notices=found.deferred,
        refused=dict(found.refused),
    )


@router.get("/staff/grants/{uuid:grant_id}", response={200: GrantDetails, REFUSED: Refusal}, operation_id="getGrant")
@for_staff(StaffArea.GRANTS)
def get_grant(request: HttpRequest, grant_id: UUID) -> Any:
    """A grant, what its owners were told word for word, and what was done under it."""
    return _details(GrantId(grant_id))


@router.put(
    "/staff/grants/{uuid:grant_id}/notice",
    response={200: GrantDetails, REFUSED: Refusal},
    operation_id="decideGrantNotice",
)
@for_staff(StaffArea.GRANTS)
def decide_notice(request: HttpRequest, grant_id: UUID, wanted: GrantNotice) -> Any:
    """Tell the owner now, or write down as the second person why not before the review (R147)."""
    wanted_id, who, now = GrantId(grant_id), by(request), timezone.now()
    if wanted.tell:
        decision = actions.tell_now(wanted_id, actor=who, now=now)
    elif wanted.review_at is None or timezone.is_naive(wanted.review_at):
        decision = _naive()
    else:
        decision = actions.defer_notice(
            wanted_id,
            reason=wanted.reason,
            review_at=wanted.review_at,
            policy=wiring.grant_policy(),
            actor=who,
            now=now,
        )
    return _details(wanted_id) if decision.is_permitted else told(decision)


@router.post(
    "/staff/grants/{uuid:grant_id}/end", response={200: GrantDetails, REFUSED: Refusal}, operation_id="endGrant"
)
@for_staff(StaffArea.GRANTS)
def end_grant(request: HttpRequest, grant_id: UUID, ending: GrantEnd) -> Any:
    """End access before its time; its owner is told how it was used."""
    decision = actions.revoke_grant(GrantId(grant_id), reason=ending.reason, actor=by(request), now=timezone.now())
    return _details(GrantId(grant_id)) if decision.is_permitted else told(decision)


@router.get("/me/grants", response=OwnGrants, operation_id="listMyGrants")
def list_own(request: HttpRequest) -> Any:
    """Staff access that concerns recordings of mine, with each use; and what I was given myself."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    concerning = [
        OwnGrantLine(
            grantee=each.grant.grantee,
            purpose=each.grant.purpose,
            explanation=each.grant.explanation,
            rights=list(each.grant.rights),
            standing=access.standing_of(each.grant.facts, now),
            starts_at=each.grant.facts.starts_at,
            ends_at=each.grant.facts.ends_at,
            revoked_at=each.grant.facts.revoked_at,
            things=_things(each.grant),
            uses=[_use(use) for use in each.uses],
        )
        for each in reads.list_for_owner(viewer)
    ]
    return OwnGrants(concerning=concerning, held=[_as_held(row) for row in reads.list_held(viewer)])


def _as_held(row: reads.GrantRow) -> GrantLine:
    """What its holder is told of a grant: not why the owner does not know yet."""
    return GrantLine(**{**_line(row), "deferred_reason": "", "review_at": None})


@router.get(
    "/staff/recordings", response={200: FoundRecordings, REFUSED: Refusal}, operation_id="findRecordingsAsStaff"
)
@for_staff(StaffArea.RECORDINGS)
def find_recordings(
    request: HttpRequest, q: Annotated[str, Query(min_length=1, max_length=500)], after: str = "", limit: Limit = 50
) -> Any:
    """Recordings by title, id or address; who searches is on the audit trail."""
    text = q.replace("\0", "")
    actions.note_search(text, actor=by(request), now=timezone.now())
    page = library.find_metadata(text, after=after, limit=limit)
    rows = [
        FoundRecording(
            id=row.id,
            title=row.title,
            state=row.state,
            folder_name=row.folder_name,
            owner_name=row.owner_name,
            created_at=row.created_at,
            duration_ms=row.duration_ms,
        )
        for row in page.rows
    ]
    return FoundRecordings(rows=rows, after=page.after)


@router.get(
    "/staff/recordings/{uuid:recording_id}",
    response={200: RecordingDetails, REFUSED: Refusal},
    operation_id="getRecordingAsStaff",
)
@for_staff(StaffArea.RECORDINGS)
def get_recording(request: HttpRequest, recording_id: UUID) -> Any:
    """What a recording is and who is responsible for it. The look is on the audit trail (R223)."""
    found = library.get_metadata(RecordingId(recording_id))
    audit_actions.note_look(
        audit_actions.Seen.RECORDING,
        target_id=recording_id,
        page="getRecordingAsStaff",
        actor=by(request),
        now=timezone.now(),
    )
    return RecordingDetails.from_orm(found)


@router.post(
    "/staff/recordings/{uuid:recording_id}/ask", response={204: None, REFUSED: Refusal}, operation_id="askForGrant"
)
@for_staff(StaffArea.RECORDINGS)
def ask_for_grant(request: HttpRequest, recording_id: UUID, asked: GrantRequest) -> Any:
    """Ask the other service administrators for access."""
    decision = actions.ask_for_grant(
        RecordingId(recording_id), message=asked.message, actor=by(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)
