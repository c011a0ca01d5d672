"""The pages of the documents: read and accept the terms, acknowledge the policy, publish a version."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import policy as actions
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import policy as reads
from cathedra.domain import policy
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import Terms, TermsDocument
from cathedra.domain.terms import Code, Decision
from cathedra.web import actor, refusals, way_back
from cathedra.web.staff.door import for_staff


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def eula(request: HttpRequest) -> HttpResponse:
    """The terms of use: anybody may read them (R13); who is signed in accepts or declines them here (R9, R12)."""
    return _document(request, TermsDocument.EULA)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aup(request: HttpRequest) -> HttpResponse:
    """The acceptable use policy: anybody may read it; who makes recordings says here that they have (R15)."""
    return _document(request, TermsDocument.AUP)


def _document(request: HttpRequest, document: TermsDocument) -> HttpResponse:
    back = way_back.safe(request, (request.POST if request.method == "POST" else request.GET).get("next", ""))
    refusal = None
    if request.method == "POST":
        refusal = _take_word(request, document)
        if refusal is None:
            return redirect(
                back if "accept" in request.POST else f"{request.path}?{urlencode({'declined': 1, 'next': back})}"
            )
        if refusal.code is not Code.CONFLICT:
            return refusals.page(request, refusal)
    current, viewer = reads.find_current(document), actor.account_id(request)
    shown = _wanted(request, document) if "version" in request.GET else current
    if current is None or shown is None:
        return refusals.page(request, refusals.missing(request))
    is_current = shown.version == current.version
    context = {
        "terms": shown,
        "current": current,
        "is_current": is_current,
        "blocks": policy.blocks(shown.text),
        "is_waiting": is_current and document in reads.unaccepted(viewer) and _is_asked(request, document),
        "accepted": reads.find_accepted(viewer, document),
        "back": back,
        "has_declined": "declined" in request.GET,
        "changed": refusals.sentence(refusal.reasons[0]) if refusal else "",
        "is_policy": document is TermsDocument.AUP,
        "is_gated": actor.is_gated(request),
    }
    return render(request, "policy/terms.html", context, status=409 if refusal else 200)


def _wanted(request: HttpRequest, document: TermsDocument) -> reads.TermsPage | None:
    """An older version, which stays on record for anybody to read."""
    return reads.find_version(document, _number(request.GET["version"]))


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _is_asked(request: HttpRequest, document: TermsDocument) -> bool:
    """Viewers are never asked about the policy (R15); they may read it."""
    viewer = actor.account_id(request)
    return document is TermsDocument.EULA or (viewer is not None and people_reads.get_person(viewer).is_creator)


def _take_word(request: HttpRequest, document: TermsDocument) -> Decision | None:
    """Accept or decline; what refuses it."""
    who, now = actor.from_request(request), timezone.now()
    if "accept" not in request.POST:
        decision = actions.decline_terms(document, actor=who, now=now)
    else:
        given = request.POST.get("version", "")
        decision = actions.accept_terms(
            document,
            version=_number(given),
            text_hash=request.POST.get("text_hash", ""),
            actor=who,
            now=now,
        )
    return None if decision.is_permitted else decision


@require_safe
@for_staff(StaffArea.TERMS)
def versions(request: HttpRequest) -> HttpResponse:
    """What is published of each document, who accepted it, and what could be published next."""
    published = reads.list_versions()
    documents = [
        {
            "document": document,
            "versions": [row for row in published if row.document is document],
            "candidates": _candidates(document, published),
        }
        for document in TermsDocument
    ]
    return render(request, "policy/versions.html", {"documents": documents})


def _candidates(document: TermsDocument, published: tuple[reads.TermsRow, ...]) -> list[Terms]:
    newest = max((row.version for row in published if row.document is document), default=0)
    return [terms for terms in wiring.known_terms() if terms.document is document and terms.version > newest]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.TERMS)
def version(request: HttpRequest, name: str) -> HttpResponse:
    """A version laid over the current one; publish it when it is newer."""
    terms = next((known for known in wiring.known_terms() if known.name == name), None)
    if terms is None:
        return refusals.page(request, refusals.missing(request))
    if request.method == "POST":
        decision = actions.publish_terms(terms, actor=actor.from_request(request), now=timezone.now())
        if decision.is_permitted:
            messages.success(request, _("Published. It holds from now on."))
        else:
            messages.error(request, refusals.sentence(decision.reasons[0]))
        return redirect("terms_versions")
    return render(request, "policy/version.html", _comparison(terms))


def _comparison(terms: Terms) -> dict[str, Any]:
    current = reads.find_current(terms.document)
    return {
        "terms": terms,
        "current": current,
        "lines": policy.compare(current.text if current else "", terms.text),
        "is_newer": current is None or terms.version > current.version,
        "is_asked_again": policy.is_asked_again(terms, is_first=current is None),
        "is_policy": terms.document is TermsDocument.AUP,
    }
