"""The documents that people agree to: what holds, what I have accepted, and accepting it."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain.policy import ADDRESSES, TermsDocument
from cathedra.domain.terms import AccountId, Channel
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["policy"])


class TermsOut(Schema):
    """The current version of a document. `is_waiting` while I have to accept it before I can go on; `accepted_version`
    is the newest one that I have accepted."""

    document: TermsDocument
    version: int
    date: date
    title: str
    text: str
    text_hash: str
    address: str
    is_waiting: bool
    accepted_version: int | None
    accepted_at: datetime | None


class Acceptance(Schema):
    """What I accept: the version and the hash of the text that I was shown."""

    version: int
    text_hash: str = Field(max_length=64)


@router.get("/terms", response=list[TermsOut], operation_id="listTerms")
def list_terms(request: HttpRequest) -> Any:
    """The terms of use and the acceptable use policy, as they hold now and as I stand to them."""
    viewer = AccountId(request.user.pk)
    waiting = reads.unaccepted(viewer)
    return [_out(page, viewer, waiting) for page in map(reads.find_current, TermsDocument) if page is not None]


def _out(page: reads.TermsPage, viewer: AccountId, waiting: frozenset[TermsDocument]) -> TermsOut:
    accepted = reads.find_accepted(viewer, page.document)
    return TermsOut(
        document=page.document,
        version=page.version,
        date=page.date,
        title=page.title,
        text=page.text,
        text_hash=page.text_hash,
        address=ADDRESSES[page.document],
        is_waiting=page.document in waiting,
        accepted_version=accepted.version if accepted else None,
        accepted_at=accepted.at if accepted else None,
    )


@router.post("/terms/{document}/acceptance", response={204: None, REFUSED: Refusal}, operation_id="acceptTerms")
def accept_terms(request: HttpRequest, document: TermsDocument, acceptance: Acceptance) -> Any:
    """Accept the terms of use, or say that I have read the acceptable use policy."""
    decision = actions.accept_terms(
        document,
        version=acceptance.version,
        text_hash=acceptance.text_hash,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)
