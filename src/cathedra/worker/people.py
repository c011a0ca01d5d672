"""Jobs of the people room."""

from collections.abc import Mapping

from cathedra.actions import people
from cathedra.worker.run import Run


def review_system_roles(run: Run, arguments: Mapping[str, object]) -> object:
    return people.review_roles(actor=run.actor, now=run.now)
