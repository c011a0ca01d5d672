"""Jobs of the acceptable use policy."""

from collections.abc import Mapping

from cathedra.actions import policy
from cathedra.worker.run import Run


def tend_use_cases(run: Run, arguments: Mapping[str, object]) -> object:
    return policy.tend_cases(actor=run.actor, now=run.now)
