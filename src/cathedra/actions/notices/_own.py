"""What somebody does with their own notices."""

from collections.abc import Mapping
from datetime import datetime

from cathedra.db.reads import notices as reads
from cathedra.db.writes import audit
from cathedra.db.writes import notices as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import notices
from cathedra.domain.notices import MailChoice, NoticeId, NoticeKind
from cathedra.domain.terms import AccountId, Actor, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def mark_read(notice_id: NoticeId, *, account_id: AccountId, now: datetime) -> str:
    """One was read. Returns where it leads. Raises NoticeNotFound for anybody else's.

    Not audited: it changes nothing that anybody else can see, but that the reader was reached (R146), and that is in
    the notice's own row.
    """
    with transaction():
        link = reads.get_link(account_id, notice_id)
        writes.set_read(account_id, [notice_id], now=now)
    return link


def mark_all_read(*, account_id: AccountId, now: datetime) -> int:
    """All were read. Returns how many were not before. Not audited, as above."""
    with transaction():
        return writes.set_read(account_id, None, now=now)


def choose_mail(
    choices: Mapping[NoticeKind, MailChoice], *, account_id: AccountId, actor: Actor, now: datetime
) -> Decision:
    """How the actor wants their e-mails, kind by kind: all of it, or nothing and why (R229)."""
    for kind, choice in choices.items():
        decision = notices.decide_choice(notices.WORDINGS[kind], choice)
        if not decision.is_permitted:
            return decision
    with transaction():
        before = reads.list_choices(account_id)
        changed = {
            kind: choice for kind, choice in choices.items() if before.get(kind, MailChoice.AT_ONCE) is not choice
        }
        for kind, choice in changed.items():
            writes.set_choice(account_id, kind, choice)
        if changed:
            told = {kind.value: choice.value for kind, choice in changed.items()}
            audit.record(actor, "notice:choose_mail", target_kind="account", target_id=account_id, now=now, facts=told)
    return permit()


def try_address_again(address: str, *, may_administer: bool, own_address: str, actor: Actor, now: datetime) -> Decision:
    """Send to an address again that took no mail: its owner may ask, and who runs the service."""
    is_own = bool(address) and address.lower() == own_address.lower()
    if not (is_own or may_administer):
        return deny(Code.NO_PERMISSION, "R229", _("There is nothing here, or you may not see it."))
    with transaction():
        if writes.forget_unreachable(address):
            audit.record(
                actor, "address:try_again", target_kind="address", target_id=address.lower(), now=now, facts={}
            )
    return permit()
