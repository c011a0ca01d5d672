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


def decide_preview(*, is_administrator: bool) -> Decision:
    """May the texts and the state of deliveries be seen, and addresses be tried again? By who runs the service."""
    if not is_administrator:
        return deny(Code.NO_PERMISSION, "R25", _("There is nothing here, or you may not see it."))
    return permit()
