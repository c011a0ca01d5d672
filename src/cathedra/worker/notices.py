"""Jobs of the notices room."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from cathedra import wiring
from cathedra.actions import notices
from cathedra.worker.run import Run


def send_notices(run: Run, arguments: Mapping[str, object]) -> object:
    return notices.send_due(
        actor=run.actor,
        now=run.now,
        postman=wiring.postman(),
        site=wiring.notices_site(),
        zone=ZoneInfo(wiring.configuration().site.timezone),
        translate=wiring.in_words,
    )


def read_bounces(run: Run, arguments: Mapping[str, object]) -> object:
    return wiring.take_bounces(lambda report: notices.take_report(report, actor=run.actor, now=run.now))
