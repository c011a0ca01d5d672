"""Jobs of the meters."""

from collections.abc import Mapping

from cathedra.actions import metering
from cathedra.worker.run import Run


def prove_meters(run: Run, arguments: Mapping[str, object]) -> object:
    return metering.prove_meters(actor=run.actor, now=run.now)


def watch_meters(run: Run, arguments: Mapping[str, object]) -> object:
    return metering.watch_meters(actor=run.actor, now=run.now)
