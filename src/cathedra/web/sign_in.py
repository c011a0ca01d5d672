"""How the sign-in library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cathedra.actions import people
from cathedra.domain.terms import AccountId
from cathedra.web import actor


class SignIn(LoginForm):
    """The library's form in our words."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["login"].label = _("Login name")
        self.fields["remember"].label = _("Keep me signed in on this device")


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the service, never by passers-by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What rate limits go by."""
        return actor.address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed sign-ins are counted for an account at an address: a stranger elsewhere cannot lock its owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}|{self.get_client_ip(request)}"

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Through our own verb, which ends every sign-in of the account and writes the audit trail."""
        people.change_password(
            AccountId(user.pk), password=password, actor=actor.from_request(self.request), now=timezone.now()
        )
        user.refresh_from_db(fields=["password"])

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> Any:
        """A sign-in stands on the audit trail (R223)."""
        people.note_sign_in(
            AccountId(user.pk), is_accepted=True, login_name="", actor=actor.from_request(request), now=timezone.now()
        )
        return super().post_login(request, user, **details)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """So does one that failed, with the name that was tried and never the password."""
        people.note_sign_in(
            None,
            is_accepted=False,
            login_name=str(credentials.get("username", "")),
            actor=actor.from_request(request),
            now=timezone.now(),
        )
