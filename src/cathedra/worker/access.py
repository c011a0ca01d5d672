"""Jobs of the access room."""

from collections.abc import Mapping

from cathedra.actions import access
from cathedra.worker.run import Run


def warn_of_exemptions(run: Run, arguments: Mapping[str, object]) -> object:
    return access.warn_of_exemptions(now=run.now)
