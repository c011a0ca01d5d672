"""Staff access as those see it whose recordings it covers, and those who were given it (R148)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.db.reads import grants as reads
from cathedra.domain import access
from cathedra.domain.terms import AccountId
from cathedra.web import words


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Who of the service was let in to my recordings, why, until when, and each use; and what I was given myself."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    concerning = [(each, _mark(each.grant, now)) for each in reads.list_for_owner(viewer, now=now)]
    held = [(each, _mark(each, now)) for each in reads.list_held(viewer, now=now)]
    return render(request, "people/grants.html", {"concerning": concerning, "held": held})


def _mark(grant: reads.GrantRow, now: datetime) -> words.Mark:
    return words.GRANTS[access.standing_of(grant.facts, now)]
