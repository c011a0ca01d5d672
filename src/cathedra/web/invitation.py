"""The page behind an invitation's link: its holder chooses the first password, and then signs in."""

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra.actions import people as actions
from cathedra.domain.terms import Decision
from cathedra.web import actor, errors

LINKS = "invitation"  # its limit stands in the settings, beside those of the sign-in


class FirstPassword(forms.Form):
    """A password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        help_text=gettext_lazy("At least ten characters that nobody would guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """The same measure as everywhere else."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return password

    def clean_again(self) -> str:
        """As it was typed first."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("These two passwords differ."))
        return again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the password, keep it, send its holder to sign in. A link that does not work says only that.

    Passwords sent to links that do not work are counted for each address (class 35); a link's secret has 256 bits.
    """
    if not ratelimit.consume(request, action=LINKS, dry_run=True):
        return errors.too_many_requests(request)
    found = actions.whom_invited(secret, now=timezone.now())
    if isinstance(found, Decision):
        ratelimit.consume(request, action=LINKS)
        return _over(request)
    form = FirstPassword(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        decision = actions.accept_invitation(
            secret, password=form.cleaned_data["password"], actor=actor.from_request(request), now=timezone.now()
        )
        if not decision.is_permitted:
            return _over(request)
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")
    context = {"form": form, "found": found, "hides_sign_in": True}
    return render(request, "people/invitation.html", context, status=422 if form.is_bound else 200)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "people/invitation.html", {"over": True}, status=410)
