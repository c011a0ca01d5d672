"""The first question of R41, before any other: may somebody go on at all?"""

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def decide_entry(*, is_gated: bool) -> Decision:
    """May somebody who is signed in go on at all? Not before they have accepted the current terms of use (R9, R10)."""
    if not is_gated:
        return permit()
    return deny(
        Code.EULA_REQUIRED,
        "R9",
        _("Read and accept the terms of use first. You find them at {address}."),
        address="/terms/",
    )
