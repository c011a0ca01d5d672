"""My notices, and how I want e-mail of them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from cathedra.actions import notices as actions
from cathedra.db.reads import notices as reads
from cathedra.db.reads.keyset import Page
from cathedra.domain import notices
from cathedra.domain.notices import MailChoice, NoticeId, NoticeKind
from cathedra.domain.terms import AccountId, Channel
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.notices import shown

router = Router(tags=["notices"])
Limit = Annotated[int, Query(ge=1, le=100)]


class Notice(Schema):
    """Something I was told; `link` is a path of this site."""

    id: UUID
    kind: NoticeKind
    subject: str
    paragraphs: list[str]
    link: str
    created_at: datetime
    read_at: datetime | None


class Notices(Schema):
    """Some notices, and `after` for the next ones; empty at the end."""

    rows: list[Notice]
    after: str


class Read(Schema):
    """How many became read."""

    count: int


class Choice(Schema):
    """How I want e-mail of one kind. What `is_must` cannot be changed."""

    kind: NoticeKind
    when: str
    choice: MailChoice
    is_must: bool


class NewChoice(Schema):
    """What I want from now on."""

    choice: MailChoice


@router.get("/notices", response=Notices, operation_id="listNotices")
def list_notices(request: HttpRequest, unread: bool = False, after: str = "", limit: Limit = 30) -> Any:
    """What I was told, the newest first; with `unread`, what I have not read."""
    page = reads.list_notices(AccountId(request.user.pk), only_unread=unread, after=after, limit=limit)
    return Page(tuple(shown(row) for row in page.rows), page.after)


@router.post("/notices/read", response=Read, operation_id="readNotices")
def read_all(request: HttpRequest) -> Any:
    """Mark all my notices as read."""
    return Read(count=actions.mark_all_read(account_id=AccountId(request.user.pk), now=timezone.now()))


@router.post("/notices/{uuid:notice_id}/read", response={204: None, REFUSED: Refusal}, operation_id="readNotice")
def read_one(request: HttpRequest, notice_id: UUID) -> Any:
    """Mark one of my notices as read."""
    actions.mark_read(NoticeId(notice_id), account_id=AccountId(request.user.pk), now=timezone.now())
    return Status(204, None)


@router.get("/notices/choices", response=list[Choice], operation_id="listNoticeChoices")
def list_choices(request: HttpRequest) -> Any:
    """How I want e-mail, kind by kind."""
    chosen = reads.list_choices(AccountId(request.user.pk))
    return [
        Choice(kind=kind, when=_(wording.when), choice=chosen.get(kind, MailChoice.AT_ONCE), is_must=wording.is_must)
        for kind, wording in notices.WORDINGS.items()
    ]


@router.put("/notices/choices/{kind}", response={204: None, REFUSED: Refusal}, operation_id="chooseNoticeMail")
def choose(request: HttpRequest, kind: NoticeKind, new: NewChoice) -> Any:
    """Have e-mail of one kind at once, in a daily summary, or not at all (R229)."""
    decision = actions.choose_mail(
        {kind: new.choice},
        account_id=AccountId(request.user.pk),
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)
