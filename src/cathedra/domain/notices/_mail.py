"""Whether a notice goes by e-mail, and what somebody may choose."""

from cathedra.domain.notices._words import MailChoice, MailWay, Wording
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def mail_way(
    wording: Wording, *, chosen: MailChoice | None, is_active: bool, has_address: bool, is_unreachable: bool
) -> MailWay:
    """How one kind reaches one account. What must be told goes at once whatever was chosen (R229)."""
    if not is_active:
        return MailWay.CLOSED
    if not has_address:
        return MailWay.NO_ADDRESS
    if is_unreachable:
        return MailWay.UNREACHABLE
    if wording.is_must or chosen is None:
        return MailWay.AT_ONCE
    return MailWay(chosen.value)


def decide_choice(wording: Wording, choice: MailChoice) -> Decision:
    """May the e-mails of this kind be had so? What must be told cannot be switched off or put off (R229)."""
    if wording.is_must and choice is not MailChoice.AT_ONCE:
        return deny(
            Code.CONFLICT,
            "R229",
            _("The rules of the service say that you must be told of this, so it stays switched on."),
        )
    return permit()
