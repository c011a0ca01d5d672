"""The whole audit trail: filtered, page by page, and to take away (R38 row 25, R224)."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.actions import audit as actions
from cathedra.db.reads import audit as reads
from cathedra.domain import audit
from cathedra.domain.audit import ExportFormat, Wish
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Code, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals
from cathedra.web.audit import lines
from cathedra.web.staff.door import for_staff

ROWS = 50
CONTENT_TYPES = {ExportFormat.CSV: "text/csv; charset=utf-8", ExportFormat.JSONL: "application/jsonl; charset=utf-8"}


def _actions() -> list[tuple[Any, Any]]:
    """Every action under its topic, and each topic as a whole."""
    groups: list[tuple[Any, Any]] = [("", _("Anything"))]
    for topic, word in audit.TOPICS.items():
        if named := audit.actions_of(topic):
            whole = (topic.value, _("%(topic)s: anything") % {"topic": _(word)})
            groups.append((_(word), [whole, *((action, _(audit.PHRASES[action].label)) for action in named)]))
    return groups


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


_DAY: dict[str, Any] = {
    "widget": _Day,
    "required": False,
    "input_formats": ["%Y-%m-%d"],
    "error_messages": {"invalid": gettext_lazy("Give a day as year, month, day: 2026-11-30.")},
}


class Filter(forms.Form):
    """Which events."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Name, login name or email"),
        max_length=200,
        required=False,
    )
    thing = forms.CharField(
        label=gettext_lazy("Recording, folder or other thing"),
        help_text=gettext_lazy("Part of its title, or its link"),
        max_length=500,
        required=False,
    )
    action = forms.ChoiceField(label=gettext_lazy("What happened"), choices=_actions, required=False)
    since = forms.DateField(label=gettext_lazy("From"), **_DAY)
    until = forms.DateField(label=gettext_lazy("To the end of"), **_DAY)

    def wish(self) -> Wish:
        """What was asked for; nothing fits a name that nobody and nothing has."""
        given = self.cleaned_data
        zone = ZoneInfo(wiring.configuration().site.timezone)
        return Wish(
            people=reads.find_people(given["person"]) if given["person"] else None,
            things=reads.find_things(given["thing"]) if given["thing"] else None,
            actions=actions_meant(given["action"]),
            since=audit.day_start(given["since"], zone),
            until=audit.day_after(given["until"], zone),
        )


def actions_meant(given: str) -> tuple[str, ...]:
    """The action, or those of the topic, that a filter names; of a word that is neither, none that is ever recorded."""
    if given in set(audit.Topic):
        return audit.actions_of(audit.Topic(given))
    return (given,) if given else ()


@require_safe
@never_cache
@for_staff(StaffArea.AUDIT)
def index(request: HttpRequest) -> HttpResponse:
    """The newest events that fit. Who asks for a person or a thing is on the trail themself (R223)."""
    form = Filter(request.GET)
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"form": form, "is_later": bool(after), "years": wiring.configuration().audit.years}
    if form.is_valid():
        wish = form.wish()
        if not after and (wish.people is not None or wish.things is not None):
            actions.note_search(wish, actor=actor.from_request(request), now=timezone.now())
        page = reads.list_events(wish, after=after, limit=ROWS)
        told = lines(page.rows, thing_address=_by_thing, who_address=_by_person)
        exports = [(form_.value, request.GET.copy()) for form_ in ExportFormat]
        context |= {"page": page, "lines": told, "is_filtered": not wish.is_everything, "exports": _exports(exports)}
    return render(request, "staff/audit.html", context)


def _exports(given: list[tuple[str, Any]]) -> dict[str, str]:
    """The query of each export: this filter from its beginning."""
    told = {}
    for name, query in given:
        query.pop("after", None)
        query["format"] = name
        told[name] = query.urlencode()
    return told


def _by_thing(event: reads.Event) -> str:
    return "?" + urlencode({"thing": event.target_id}) if event.target_name else ""


def _by_person(event: reads.Event) -> str:
    return "?" + urlencode({"person": event.actor_id})


@require_safe
@never_cache
@for_staff(StaffArea.AUDIT)
def export(request: HttpRequest) -> HttpResponseBase:
    """All events that fit, oldest first, as a file. That somebody took it is on the trail before its first byte."""
    form, wanted = Filter(request.GET), request.GET.get("format", "")
    if wanted not in set(ExportFormat) or not form.is_valid():
        return refusals.page(request, deny(Code.BAD_REQUEST, "R224", noop("That is no filter of the audit.")))
    return stream(request, form.wish(), ExportFormat(wanted), actor.from_request(request))


def stream(request: HttpRequest, wish: Wish, form: ExportFormat, who: Any) -> StreamingHttpResponse:
    """The file of an export, written as it is read; for the pages and for the API."""
    now = timezone.now()
    actions.note_export(wish, form=form, actor=who, now=now)
    response = StreamingHttpResponse(reads.stream_lines(wish, form=form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="audit-{now:%Y-%m-%d}.{form.value}"'
    return response
