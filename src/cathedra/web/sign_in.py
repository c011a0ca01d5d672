"""How the sign-in library behaves here."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
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


class ChangePassword(ChangePasswordForm):
    """The old one and a new one."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("The new password again")


class NewPassword(ResetPasswordKeyForm):
    """A new one, by the link in a mail."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("The new password again")


class TurnOnApp(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["code"].label = _("Code from the app")


class AddKey(AddWebAuthnForm):
    """A passkey or a security key."""

    def __init__(self, *args: Any, **details: Any) -> None:
        super().__init__(*args, **details)
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _("The device must then know you, by finger, face or PIN.")


class SecondStep(DefaultMFAAdapter):
    """What the second step says when it refuses."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right, or it was used already. Type the one that is shown now."),
        "cannot_delete_authenticator": _("You cannot turn this off: the service asks you for a second step."),
        "cannot_generate_recovery_codes": _("Turn on the authenticator app or add a key first."),
    }


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the service, never by passers-by."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. If that is wrong, tell the service team."),
        "enter_current_password": _("That is not your current password."),
        "incorrect_password": _("That is not your password."),
        "username_password_mismatch": _("The login name or the password is not right."),
        "too_many_login_attempts": _("Too many tries have failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    }

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
