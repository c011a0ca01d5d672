"""Pages about oneself: the account, and the theme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cathedra.actions import people as actions
from cathedra.db.reads import notices
from cathedra.db.reads import people as reads
from cathedra.domain.terms import AccountId
from cathedra.web import actor, frame, way_back

YEAR = 365 * 24 * 3600


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I sign in."""
    viewer = AccountId(request.user.pk)
    context = {"mail": notices.mail_standing(viewer), "roles": reads.roles_of(viewer)}
    return render(request, "people/account.html", context)


@require_POST
@login_required
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other sign-in of this account."""
    actions.end_other_sign_ins(
        AccountId(request.user.pk),
        keep_session_key=request.session.session_key or "",
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie, so that the next page comes in it and never flashes."""
    chosen = request.POST.get("theme", "")
    if chosen not in frame.THEMES:
        return HttpResponseBadRequest()
    response = redirect(way_back.safe(request, request.POST.get("next", "")))
    response.set_cookie(frame.THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
