"""Pages of one's own notices: the list behind the bell, and how one wants e-mail of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra import wiring
from cathedra.actions import notices as actions
from cathedra.db.reads import notices as reads
from cathedra.domain import notices
from cathedra.domain.notices import MailChoice, NoticeId, NoticeKind, Topic
from cathedra.domain.terms import AccountId
from cathedra.web import actor, refusals

ROWS = 30

CHOICES: Mapping[MailChoice, str] = {
    MailChoice.AT_ONCE: gettext_lazy("At once"),
    MailChoice.DIGEST: gettext_lazy("In a daily summary"),
    MailChoice.OFF: gettext_lazy("No e-mail"),
}
TOPICS: Mapping[Topic, tuple[str, str]] = {
    Topic.RECORDINGS: (gettext_lazy("Your recordings"), "film"),
    Topic.APPROVAL: (gettext_lazy("Approval"), "circle-check"),
    Topic.ACCESS: (gettext_lazy("Access"), "users"),
    Topic.ACCOUNT: (gettext_lazy("Roles, terms and your account"), "shield-check"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice in words."""

    id: NoticeId
    kind: NoticeKind
    subject: str
    paragraphs: tuple[str, ...]
    button: str
    link: str
    other_button: str
    other_link: str
    icon: str
    created_at: datetime
    read_at: datetime | None


def shown(row: reads.NoticeRow) -> Shown:
    """The wording of its kind, with the notice's values in their places; the template escapes the result."""
    wording = notices.WORDINGS[row.kind]
    return Shown(
        id=row.id,
        kind=row.kind,
        subject=notices.subject(wording, row.values, wiring.in_words),
        paragraphs=notices.paragraphs(wording, row.values, wiring.in_words),
        button=_(wording.button) if row.link else "",
        link=row.link,
        other_button=_(wording.other_button) if row.other_link and wording.other_button else "",
        other_link=row.other_link,
        icon=TOPICS[wording.topic][1],
        created_at=row.created_at,
        read_at=row.read_at,
    )


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """What I was told, the newest first."""
    viewer, after = AccountId(request.user.pk), request.GET.get("after", "")
    only_unread = request.GET.get("show") == "unread"
    page = reads.list_notices(viewer, only_unread=only_unread, after=after, limit=ROWS)
    context = {
        "page": page,
        "rows": [shown(row) for row in page.rows],
        "only_unread": only_unread,
        "is_later": bool(after),
    }
    return render(request, "notices/list.html", context)


@require_safe
@login_required
def follow(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Go where a notice of mine leads; it is read then. Asking for its head only reads nothing."""
    viewer, wanted = AccountId(request.user.pk), NoticeId(notice_id)
    try:
        if request.method == "HEAD":
            return redirect(reads.get_link(viewer, wanted) or "notices")
        return redirect(actions.mark_read(wanted, account_id=viewer, now=timezone.now()) or "notices")
    except reads.NoticeNotFound:
        return refusals.page(request, refusals.missing(request))


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark one of mine as read, or with no id all of them."""
    viewer, given = AccountId(request.user.pk), request.POST.get("notice", "")
    if not given:
        actions.mark_all_read(account_id=viewer, now=timezone.now())
        messages.success(request, _("All your notices are marked as read."))
        return redirect("notices")
    try:
        actions.mark_read(NoticeId(UUID(given)), account_id=viewer, now=timezone.now())
    except (ValueError, reads.NoticeNotFound):
        return refusals.page(request, refusals.missing(request))
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """How I want e-mail of each kind."""
    viewer = AccountId(request.user.pk)
    if request.method == "POST":
        wanted = {
            kind: MailChoice(given) for kind in NoticeKind if (given := request.POST.get(kind, "")) in set(MailChoice)
        }
        decision = actions.choose_mail(wanted, account_id=viewer, actor=actor.from_request(request), now=timezone.now())
        if not decision.is_permitted:
            return refusals.page(request, decision)
        messages.success(request, _("Your choices are kept."))
        return redirect("notice_choices")
    context = {
        "groups": _groups(reads.list_choices(viewer)),
        "choices": [(choice.value, word) for choice, word in CHOICES.items()],
        "mail": reads.mail_standing(viewer),
        "has_server": bool(wiring.configuration().mail.host),
    }
    return render(request, "notices/choices.html", context)


def _groups(chosen: Mapping[NoticeKind, MailChoice]) -> list[dict[str, Any]]:
    return [
        {
            "topic": topic,
            "heading": heading,
            "icon": icon,
            "kinds": [
                {
                    "kind": kind.value,
                    "when": wording.when,
                    "is_must": wording.is_must,
                    "chosen": chosen.get(kind, MailChoice.AT_ONCE).value,
                }
                for kind, wording in notices.WORDINGS.items()
                if wording.topic is topic
            ],
        }
        for topic, (heading, icon) in TOPICS.items()
    ]


@require_POST
@login_required
def try_address(request: HttpRequest) -> HttpResponse:
    """Send to my address again, which took no mail before."""
    viewer = AccountId(request.user.pk)
    address = reads.mail_standing(viewer).address
    actions.try_address_again(
        address,
        may_administer=False,
        own_address=address,
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    messages.success(request, _("From now on your e-mail is sent there again."))
    return redirect("notice_choices")
