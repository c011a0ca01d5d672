"""Groups, for systems administrators, and the address where an LMS or a directory sends who is in its own (R2)."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import GroupKind, StaffArea
from cathedra.domain.terms import AccountId, Decision, GroupId
from cathedra.web.api.accounts import Limit, by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["staff"])
MOST_MEMBERS = 20_000
Names = Annotated[list[Annotated[str, Field(max_length=150)]], Field(max_length=MOST_MEMBERS)]


class GroupLine(Schema):
    """A group in a list. Only those of kind `internal` are edited here."""

    id: UUID
    name: str
    kind: str
    external_id: str
    member_count: int
    pushed_at: datetime | None


class Groups(Schema):
    """Some groups, and `after` for the next ones; empty at the end."""

    rows: list[GroupLine]
    after: str


class GroupMember(Schema):
    """Somebody in a group."""

    id: UUID
    login_name: str
    full_name: str
    is_active: bool


class Members(Schema):
    """Some members, and `after` for the next ones; empty at the end."""

    rows: list[GroupMember]
    after: str


class NewGroup(Schema):
    """An internal group with its first people, by login names."""

    name: str = Field(max_length=400)
    members: Names = []


class GroupName(Schema):
    """What a group is called."""

    name: str = Field(max_length=400)


class NamesSent(Schema):
    """Login names."""

    members: Names


class Pushed(Schema):
    """Everybody in a group of another system, by login names: whoever is not named is taken out."""

    members: Names
    kind: Literal["external", "directory"] = "external"
    name: str = Field("", max_length=400)


class Changed(Schema):
    """What came of it; `missing` are the login names that stand for nobody here."""

    id: UUID
    added: int
    removed: int
    missing: list[str]


def _changed(outcome: actions.GroupOutcome, status: int = 200) -> Any:
    if outcome.group_id is None:
        return told(outcome.decision)
    body = {
        "id": outcome.group_id,
        "added": outcome.added,
        "removed": outcome.removed,
        "missing": list(outcome.missing),
    }
    return Status(status, body)


def _line(decision: Decision, group_id: UUID) -> Any:
    return reads.get_group(GroupId(group_id)).line if decision.is_permitted else told(decision)


@router.get("/staff/groups", response={200: Groups, REFUSED: Refusal}, operation_id="listGroups")
@for_staff(StaffArea.GROUPS)
def list_groups(
    request: HttpRequest, q: str = "", kind: GroupKind | None = None, after: str = "", limit: Limit = 50
) -> Any:
    """Groups by name."""
    return reads.list_groups(search=q.replace("\0", ""), kind=kind, after=after, limit=limit)


@router.post("/staff/groups", response={201: Changed, REFUSED: Refusal}, operation_id="makeGroup")
@for_staff(StaffArea.GROUPS)
def make_group(request: HttpRequest, new: NewGroup) -> Any:
    """Make an internal group."""
    outcome = actions.make_group(new.name, members="\n".join(new.members), actor=by(request), now=timezone.now())
    return _changed(outcome, 201)


@router.get("/staff/groups/{uuid:group_id}", response={200: GroupLine, REFUSED: Refusal}, operation_id="getGroup")
@for_staff(StaffArea.GROUPS)
def get_group(request: HttpRequest, group_id: UUID) -> Any:
    """A group."""
    return reads.get_group(GroupId(group_id)).line


@router.patch("/staff/groups/{uuid:group_id}", response={200: GroupLine, REFUSED: Refusal}, operation_id="renameGroup")
@for_staff(StaffArea.GROUPS)
def rename_group(request: HttpRequest, group_id: UUID, wanted: GroupName) -> Any:
    """Call an internal group something else."""
    decision = actions.rename_group(GroupId(group_id), wanted.name, actor=by(request), now=timezone.now())
    return _line(decision, group_id)


@router.delete("/staff/groups/{uuid:group_id}", response={204: None, REFUSED: Refusal}, operation_id="removeGroup")
@for_staff(StaffArea.GROUPS)
def remove_group(request: HttpRequest, group_id: UUID) -> Any:
    """Remove an internal group that has no roles on folders."""
    decision = actions.remove_group(GroupId(group_id), actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get(
    "/staff/groups/{uuid:group_id}/members", response={200: Members, REFUSED: Refusal}, operation_id="listMembers"
)
@for_staff(StaffArea.GROUPS)
def list_members(request: HttpRequest, group_id: UUID, after: str = "", limit: Limit = 50) -> Any:
    """Who is in a group."""
    reads.group_facts(GroupId(group_id))
    return reads.list_members(GroupId(group_id), after=after, limit=limit)


@router.post(
    "/staff/groups/{uuid:group_id}/members", response={200: Changed, REFUSED: Refusal}, operation_id="addMembers"
)
@for_staff(StaffArea.GROUPS)
def add_members(request: HttpRequest, group_id: UUID, sent: NamesSent) -> Any:
    """Put people into an internal group."""
    outcome = actions.add_group_members(
        GroupId(group_id), "\n".join(sent.members), actor=by(request), now=timezone.now()
    )
    return _changed(outcome)


@router.delete(
    "/staff/groups/{uuid:group_id}/members/{uuid:account_id}",
    response={200: Changed, REFUSED: Refusal},
    operation_id="removeMember",
)
@for_staff(StaffArea.GROUPS)
def remove_member(request: HttpRequest, group_id: UUID, account_id: UUID) -> Any:
    """Take somebody out of an internal group."""
    outcome = actions.remove_group_member(
        GroupId(group_id), AccountId(account_id), actor=by(request), now=timezone.now()
    )
    return _changed(outcome)


@router.put(
    "/staff/pushed-groups/{str:external_id}", response={200: Changed, REFUSED: Refusal}, operation_id="pushGroup"
)
@for_staff(StaffArea.GROUPS)
def push_group(request: HttpRequest, external_id: str, sent: Pushed) -> Any:
    """Say who is in a group of another system, as `moodle:chem-1a_viewers` (R2). Repeating it changes nothing."""
    outcome = actions.push_group(
        external_id,
        "\n".join(sent.members),
        kind=GroupKind(sent.kind),
        name=sent.name,
        actor=by(request),
        now=timezone.now(),
    )
    return _changed(outcome)
