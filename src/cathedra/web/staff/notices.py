"""What the service tells people, as those who run it see it: every text with examples, and what became of e-mails."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from cathedra import wiring
from cathedra.actions import notices as actions
from cathedra.db.reads import notices as reads
from cathedra.domain import notices
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import StaffArea
from cathedra.web import actor, refusals, words
from cathedra.web.notices import TOPICS
from cathedra.web.staff.door import for_staff

ROWS = 50


@require_safe
@for_staff(StaffArea.NOTICES)
def listed(request: HttpRequest) -> HttpResponse:
    """Every kind, the newest e-mails without what they say, and addresses that take none."""
    after = request.GET.get("after", "")
    page = reads.list_letters(after=after, limit=ROWS)
    context = {
        "groups": [
            {
                "topic": topic,
                "heading": heading,
                "icon": icon,
                "kinds": [_line(kind) for kind in NoticeKind if _is_of(kind, topic)],
            }
            for topic, (heading, icon) in TOPICS.items()
        ],
        "page": page,
        "letters": [{"row": row, "mark": words.LETTERS[row.state], "what": _what(row)} for row in page.rows],
        "unreachable": reads.list_unreachable(limit=ROWS),
        "is_later": bool(after),
        "has_server": bool(wiring.configuration().mail.host),
    }
    return render(request, "staff/notices.html", context)


def _is_of(kind: NoticeKind, topic: notices.Topic) -> bool:
    return notices.WORDINGS[kind].topic is topic


def _line(kind: NoticeKind) -> dict[str, Any]:
    wording = notices.WORDINGS[kind]
    subject = notices.subject(wording, wording.example, wiring.in_words)
    return {"kind": kind.value, "when": wording.when, "subject": subject, "is_must": wording.is_must}


def _what(row: reads.LetterRow) -> str:
    """What a letter is about, without a title or a name: those are its recipient's."""
    if row.kind is None:
        return _("Daily summary")
    when = _(notices.WORDINGS[row.kind].when)
    return _("%(count)d × %(when)s") % {"count": row.count, "when": when} if row.count > 1 else when


@require_safe
@for_staff(StaffArea.NOTICES)
@csp_update({"frame-src": [SELF]})
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind with example values: as text, and beside it as HTML."""
    found = _kind(kind)
    if found is None:
        return refusals.page(request, refusals.missing(request))
    wording = notices.WORDINGS[found]
    context = {
        "kind": found.value,
        "wording": wording,
        "one": _letter(found, 1),
        "many": _letter(found, 3),
    }
    return render(request, "staff/notice.html", context)


@require_safe
@for_staff(StaffArea.NOTICES)
@xframe_options_sameorigin
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF], "sandbox": True})
def preview_html(request: HttpRequest, kind: str) -> HttpResponse:
    """The HTML as a mail program shows it: in a box of its own, where nothing runs and nothing is fetched."""
    found = _kind(kind)
    if found is None:
        return refusals.page(request, refusals.missing(request))
    return HttpResponse(_letter(found, 3 if request.GET.get("of") == "many" else 1).html)


def _kind(given: str) -> NoticeKind | None:
    return NoticeKind(given) if given in set(NoticeKind) else None


def _letter(kind: NoticeKind, count: int) -> notices.Letter:
    wording = notices.WORDINGS[kind]
    item = notices.Item(wording, wording.example, "/notices/", "/notices/" if wording.other_button else "")
    return notices.compose([item] * count, site=wiring.notices_site(), is_outside=False, translate=wiring.in_words)


@require_POST
@for_staff(StaffArea.NOTICES)
def try_address(request: HttpRequest) -> HttpResponse:
    """Send to an address again that took no mail before."""
    actions.try_address_again(
        request.POST.get("address", "").replace("\0", ""),
        may_administer=True,
        own_address="",
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    messages.success(request, _("E-mail is sent there again."))
    return redirect("staff_notices")
