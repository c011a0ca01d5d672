"""Access explained: everybody whom a thing reaches and the path that gives it, what is in the way, one person (R37)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cathedra.db.reads import access as reads
from cathedra.db.reads import library
from cathedra.domain import access
from cathedra.domain.access import Action, Path, Way
from cathedra.domain.terms import AccountId, Decision, FolderId, PrincipalId, RecordingId
from cathedra.web import actor, pickers, refusals
from cathedra.web.access.door import for_folder, for_recording
from cathedra.web.access.forms import CheckPerson
from cathedra.web.access.recordings import place


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found about one person: whether they see it, what they are told, through which ways."""

    name: str
    decision: Decision
    sentence: str
    ways: tuple[Way, ...]


@require_safe
@for_folder(Action.SHARE)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Who sees a folder and why."""
    viewer, now = actor.account_id(request), timezone.now()
    sharing, facts = reads.folder_sharing(viewer, folder_id), reads.folder_facts(viewer, folder_id)
    ways = reads.ways(sharing, None, now=now)
    form, person = _asked(request)
    checked = None
    if person:
        theirs = reads.as_explained(reads.folder_facts(person.id, folder_id))
        checked = _checked(person, access.decide_folder(theirs, Action.SEE_FOLDER, now), ways)
    schedule = access.resolve(sharing.schedule, sharing.given) if sharing.inherits else sharing.schedule
    settings = access.availability_of(schedule)
    context = {
        "folder": library.get_folder(viewer, folder_id),
        "sharing": sharing,
        "ways": ways,
        "form": form,
        "checked": checked,
        "needs_approval": facts.needs_approval,
        "obstacle": access.obstacle(settings, now),
        "window": access.window(settings),
        "tab": "explained",
    }
    return render(request, "access/folder_explained.html", context)


@require_safe
@for_recording(Action.SHARE)
def recording(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Who sees a recording and why, and what an ordinary viewer meets now."""
    found, now = place(request, recording_id), timezone.now()
    ways = reads.ways(found["sharing"], found["recording"], now=now)
    form, person = _asked(request)
    checked = None
    if person:
        theirs = reads.as_explained(reads.recording_facts(person.id, recording_id))
        checked = _checked(person, access.decide(theirs, Action.VIEW, now), ways)
    met = access.as_a_viewer(reads.recording_facts(actor.account_id(request), recording_id), now)
    context = found | {
        "ways": ways,
        "form": form,
        "checked": checked,
        "met": met,
        "met_sentence": "" if met.is_permitted else refusals.sentence(met.reasons[0]),
        "overrides": found["recording"].level is not None or not found["recording"].schedule.follows_folder,
        "tab": "explained",
    }
    return render(request, "access/recording_explained.html", context)


@dataclass(frozen=True, slots=True)
class _Person:
    id: AccountId
    name: str


def _asked(request: HttpRequest) -> tuple[CheckPerson, _Person | None]:
    if "person" not in request.GET:
        return CheckPerson(), None
    form = CheckPerson(request.GET)
    found = pickers.chosen(request, form, "person") if form.is_valid() else ()
    return form, _Person(AccountId(found[0].id), found[0].name) if found and not form.errors else None


def _checked(person: _Person, decision: Decision, ways: Iterable[Way]) -> Checked:
    mine: set[PrincipalId] = set(reads.principals_of(person.id))
    theirs = tuple(way for way in ways if way.path is Path.LEVEL or way.principal_id in mine)
    sentence = "" if decision.is_permitted else refusals.sentence(decision.reasons[0])
    return Checked(person.name, decision, sentence, theirs)
