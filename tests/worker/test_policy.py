"""The job of the policy's cases."""

from types import SimpleNamespace

from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import system_actor
from cathedra.worker import policy
from cathedra.worker.handlers import HANDLERS, PERIODIC


def test_r86_r90_cases_are_tended_every_hour(cast):
    assert HANDLERS[JobKind.TEND_USE_CASES] is policy.tend_use_cases
    assert PERIODIC[JobKind.TEND_USE_CASES] == "25 * * * *"
    assert not policy.tend_use_cases(SimpleNamespace(actor=system_actor(), now=cast.now), {})
