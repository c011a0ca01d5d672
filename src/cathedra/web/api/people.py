"""Who I am."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from cathedra.db.reads import people as reads
from cathedra.domain.terms import AccountId

router = Router(tags=["people"])


class Me(Schema):
    """The account that is signed in."""

    id: UUID
    login_name: str
    full_name: str
    affiliation: str
    account_types: list[str]
    system_roles: list[str]


@router.get("/me", response=Me, operation_id="getMe")
def me(request: HttpRequest) -> reads.Person:
    """Who is signed in."""
    return reads.get_person(AccountId(request.user.pk))
