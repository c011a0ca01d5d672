"""Jobs of what is counted of watching."""

from collections.abc import Mapping

from cathedra.actions import viewing
from cathedra.worker.run import Run


def renew_figures(run: Run, arguments: Mapping[str, object]) -> object:
    return viewing.renew_figures(now=run.now)
