"""The first page of an empty installation: whoever reads the terminal makes the first administrator. Then it is gone."""

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import LOGIN_NAME_LENGTH
from cathedra.domain.terms import Code, Decision
from cathedra.web import actor, errors

WRONG_CODES = "first_run_code"  # its limit stands in the settings, beside those of the sign-in


class FirstAdministrator(forms.Form):
    """Who they are, and the code from the terminal."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy("It stands in the terminal where Cathedra was started."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    login_name = forms.CharField(
        label=gettext_lazy("Login name"),
        max_length=LOGIN_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        help_text=gettext_lazy("At least ten characters that nobody would guess."),
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Show the form, make the administrator, send them to sign in. Not there once somebody administers.

    Wrong codes are counted for each address; after too many nothing is tried from there for some minutes (R227).
    """
    if reads.has_administrator():
        return errors.not_found(request)
    if request.method == "POST" and not ratelimit.consume(request, action=WRONG_CODES, dry_run=True):
        return errors.too_many_requests(request)
    form = FirstAdministrator(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        refusal = _create(request, form)
        if refusal is None:
            return redirect("account_login")
        if refusal.code is Code.NO_PERMISSION:
            ratelimit.consume(request, action=WRONG_CODES)
        _explain(form, refusal)
    status = 422 if form.is_bound else 200
    return render(request, "people/first_run.html", {"form": form}, status=status)


def _create(request: HttpRequest, form: FirstAdministrator) -> Decision | None:
    fields = form.cleaned_data
    outcome = actions.create_first_administrator(
        fields["login_name"],
        full_name=fields["full_name"],
        email=fields["email"],
        password=fields["password"],
        given_code=fields["code"],
        first_run=wiring.first_run_code(wiring.configuration()),
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    return outcome if isinstance(outcome, Decision) else None


def _explain(form: FirstAdministrator, refusal: Decision) -> None:
    place = {Code.NO_PERMISSION: "code", Code.BAD_REQUEST: "login_name"}.get(refusal.code)
    form.add_error(place, gettext(refusal.reasons[0].sentence))
