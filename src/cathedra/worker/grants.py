"""Jobs of administrative access."""

from collections.abc import Mapping

from cathedra.actions import grants
from cathedra.worker.run import Run


def tend_grants(run: Run, arguments: Mapping[str, object]) -> object:
    return grants.tend_grants(actor=run.actor, now=run.now)
