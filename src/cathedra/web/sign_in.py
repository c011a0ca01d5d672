"""How the sign-in library behaves here."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cathedra.actions import people
from cathedra.actions.people import SignInEvent
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

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A code or key that was not accepted stands on the audit trail too (R223), for the account it was meant for."""
        request = context.request
        tried = _whose_second_step(request) if code == "incorrect_code" and request is not None else None
        if tried is not None:
            _note(tried, SignInEvent.FAIL_SECOND_STEP, request)
        return super().validation_error(code, *args)


def _whose_second_step(request: HttpRequest) -> AccountId | None:
    """Whoever is signed in, or gave the right password and is asked for the second step."""
    if request.user.is_authenticated:
        return AccountId(request.user.pk)
    waiting = unstash_login(request, peek=True)
    return AccountId(waiting.user.pk) if waiting is not None else None


def _note(account_id: AccountId, event: SignInEvent, request: HttpRequest) -> None:
    people.note_sign_in_event(account_id, event, actor=actor.from_request(request), now=timezone.now())


# The library tells of a change to how somebody signs in by a mail of this name.
_CHANGES = {
    "mfa/email/totp_activated": SignInEvent.TURN_ON_APP,
    "mfa/email/totp_deactivated": SignInEvent.TURN_OFF_APP,
    "mfa/email/webauthn_added": SignInEvent.ADD_KEY,
    "mfa/email/webauthn_removed": SignInEvent.REMOVE_KEY,
    "mfa/email/recovery_codes_generated": SignInEvent.MAKE_RECOVERY_CODES,
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

    def logout(self, request: HttpRequest) -> None:
        """So does a sign-out."""
        _note(AccountId(request.user.pk), SignInEvent.SIGN_OUT, request)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **more: Any) -> None:
        """So does every change to the second step, of which the person is told by mail as well."""
        event = _CHANGES.get(template_prefix)
        if event is not None:
            _note(AccountId(user.pk), event, self.request)
        super().send_notification_mail(template_prefix, user, *args, **more)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """So does one that failed, with the name that was tried and never the password; also where a person who is
        signed in was asked for their password again."""
        people.note_sign_in(
            None,
            is_accepted=False,
            login_name=str(credentials.get("username", "")),
            actor=actor.from_request(request),
            now=timezone.now(),
        )
