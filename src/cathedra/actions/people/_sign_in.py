"""What people do about their own sign-in: a new password, out everywhere else; and the trail of it."""

from datetime import datetime
from enum import StrEnum

from cathedra.actions import policy
from cathedra.db.reads import people as reads
from cathedra.db.writes import audit, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import AccountId, Actor


def change_password(account_id: AccountId, *, password: str, actor: Actor, now: datetime) -> None:
    """Replace the password and end every sign-in of the account: whoever knew the old one is out within seconds.

    The door that changed it signs its own browser in again. The password was checked by the door.
    """
    with transaction():
        people.set_password(account_id, password)
        audit.record(actor, "account:change_password", target_kind="account", target_id=account_id, now=now)


def end_other_sign_ins(account_id: AccountId, *, keep_session_key: str, actor: Actor, now: datetime) -> None:
    """Sign the account out of every browser but the one in hand."""
    with transaction():
        people.end_sessions(account_id, except_key=keep_session_key)
        audit.record(actor, "account:end_sign_ins", target_kind="account", target_id=account_id, now=now)


def note_sign_in(
    account_id: AccountId | None, *, is_accepted: bool, login_name: str, actor: Actor, now: datetime
) -> None:
    """Put a sign-in, or a failed one, on the audit trail (R224): a failed one for the account of that name, if any. Who
    signs in hears of terms of use that changed meanwhile (N47)."""
    if account_id is None:
        account_id = reads.find_account_by_login(login_name)
    with transaction():
        audit.record(
            actor,
            "account:sign_in" if is_accepted else "account:fail_sign_in",
            target_kind="account",
            target_id=account_id or "",
            now=now,
            facts={} if is_accepted else {"login_name": login_name[:150]},
        )
        if is_accepted and account_id is not None:
            policy.tell_of_terms(account_id, now=now)


class SignInEvent(StrEnum):
    """What else belongs to signing in (R223); the value is its action."""

    SIGN_OUT = "account:sign_out"
    FAIL_SECOND_STEP = "account:fail_second_step"
    TURN_ON_APP = "account:turn_on_app"
    TURN_OFF_APP = "account:turn_off_app"
    ADD_KEY = "account:add_key"
    REMOVE_KEY = "account:remove_key"
    MAKE_RECOVERY_CODES = "account:make_recovery_codes"


def note_sign_in_event(account_id: AccountId, event: SignInEvent, *, actor: Actor, now: datetime) -> None:
    """Put it on the audit trail. The sign-in library keeps its own state; this says that it changed."""
    with transaction():
        audit.record(actor, event.value, target_kind="account", target_id=account_id, now=now)
