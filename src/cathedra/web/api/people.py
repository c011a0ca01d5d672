"""Who I am, and whom I may look up."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from cathedra.db.reads import people as reads
from cathedra.domain.terms import AccountId, Decision
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["people"])


class Me(Schema):
    """The account that is signed in."""

    id: UUID
    login_name: str
    full_name: str
    affiliation: str
    account_types: list[str]
    system_roles: list[str]


class FoundLine(Schema):
    """An account or a group that can be given something. `key` stands for it in a field of people."""

    id: UUID
    key: str
    name: str
    is_group: bool
    member_count: int


class FoundLines(Schema):
    """Whom the text may mean, the closest first."""

    rows: list[FoundLine]


@router.get("/me", response=Me, operation_id="getMe")
def me(request: HttpRequest) -> reads.Person:
    """Who is signed in."""
    return reads.get_person(AccountId(request.user.pk))


@router.get("/principals", response={200: FoundLines, REFUSED: Refusal}, operation_id="findPrincipals")
def find_principals(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200)],
    groups: bool = True,
    limit: Annotated[int, Query(ge=1, le=25)] = 10,
) -> Any:
    """People and groups by name or login name, for those who share or are staff. No email address is told."""
    found = reads.find(AccountId(request.user.pk), q, has_groups=groups, limit=limit)
    return told(found) if isinstance(found, Decision) else {"rows": found}
