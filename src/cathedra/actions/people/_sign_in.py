"""What people do about their own sign-in: a new password, out everywhere else; and the trail of it."""

from datetime import datetime

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
    """Put a sign-in, or a failed one, on the audit trail (R224)."""
    with transaction():
        audit.record(
            actor,
            "account:sign_in" if is_accepted else "account:fail_sign_in",
            target_kind="account",
            target_id=account_id or "",
            now=now,
            facts={} if is_accepted else {"login_name": login_name[:150]},
        )
