"""The first question of R41, before any other: may somebody go on at all?"""

from cathedra.domain.access import _refusals as refuse
from cathedra.domain.terms import Decision, permit


def decide_entry(*, is_gated: bool) -> Decision:
    """May somebody who is signed in go on at all? Not before they have accepted the current terms of use (R9, R10).

    `decide` and `decide_folder` say the same of their facts; doors ask this before they know what is wanted.
    """
    return refuse.eula_required() if is_gated else permit()
