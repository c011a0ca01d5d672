"""Access grants: the same decisions as the staff pages (R141 to R150, R227)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from cathedra import wiring
from cathedra.actions import grants as actions
from cathedra.db.reads import grants as reads
from cathedra.domain import access
from cathedra.domain.access import GrantId
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, Code, Decision, FolderId, RecordingId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.grants._schemas import (
    GrantDetails,
    GrantEnd,
    GrantFigures,
    GrantLine,
    GrantNotice,
    Grants,
    NewGrant,
    OwnGrantLine,
    OwnGrants,
    details_of,
    line_of,
    things_of,
    use_of,
)
from cathedra.web.staff.grants import figures

router = Router(tags=["grants"])
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/staff/grants", response={200: Grants, REFUSED: Refusal}, operation_id="listGrants")
@for_staff(StaffArea.GRANTS)
def list_grants(
    request: HttpRequest, show: Literal["running", "ended"] = "running", after: str = "", limit: Limit = 50
) -> Any:
    """Grants that run, or those that ended, the newest first."""
    page = reads.list_grants(is_open=show == "running", now=timezone.now(), after=after, limit=limit)
    return Grants(rows=[GrantLine(**line_of(row)) for row in page.rows], after=page.after)


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
    return Status(201, details_of(outcome.grant_id)) if outcome.grant_id else told(outcome.decision)


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
        deferred_notices=found.deferred_count,
        deferred=dict(found.deferred),
        refused=dict(found.refused),
    )


@router.get("/staff/grants/{uuid:grant_id}", response={200: GrantDetails, REFUSED: Refusal}, operation_id="getGrant")
@for_staff(StaffArea.GRANTS)
def get_grant(request: HttpRequest, grant_id: UUID) -> Any:
    """A grant, what its owners were told word for word, and what was done under it."""
    return details_of(GrantId(grant_id))


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
            ground=wanted.ground,
            reason=wanted.reason,
            review_at=wanted.review_at,
            policy=wiring.grant_policy(),
            actor=who,
            now=now,
        )
    return details_of(wanted_id) if decision.is_permitted else told(decision)


@router.post(
    "/staff/grants/{uuid:grant_id}/end", response={200: GrantDetails, REFUSED: Refusal}, operation_id="endGrant"
)
@for_staff(StaffArea.GRANTS)
def end_grant(request: HttpRequest, grant_id: UUID, ending: GrantEnd) -> Any:
    """End access before its time; its owner is told how it was used."""
    decision = actions.revoke_grant(GrantId(grant_id), reason=ending.reason, actor=by(request), now=timezone.now())
    return details_of(GrantId(grant_id)) if decision.is_permitted else told(decision)


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
            things=things_of(each.grant),
            uses=[use_of(use) for use in each.uses],
        )
        for each in reads.list_for_owner(viewer, now=now)
    ]
    return OwnGrants(concerning=concerning, held=[_as_held(row) for row in reads.list_held(viewer, now=now)])


def _as_held(row: reads.GrantRow) -> GrantLine:
    """What its holder is told of a grant: not why the owner does not know yet."""
    return GrantLine(**{**line_of(row), "deferred_ground": "", "deferred_reason": "", "review_at": None})
