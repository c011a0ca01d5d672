"""Jobs of the ingest room."""

from collections.abc import Mapping
from uuid import UUID

from cathedra import wiring
from cathedra.actions import ingest, recorders, scheduling
from cathedra.worker.run import Run, text


def expire_uploads(run: Run, arguments: Mapping[str, object]) -> object:
    return ingest.expire_uploads(actor=run.actor, now=run.now, spool=run.tools.spool)


def sweep_stray_files(run: Run, arguments: Mapping[str, object]) -> object:
    stores = (run.tools.store, run.outside.archive_store())
    return ingest.sweep_stray_files(actor=run.actor, now=run.now, spool=run.tools.spool, stores=stores)


def tend_intake(run: Run, arguments: Mapping[str, object]) -> object:
    return ingest.tend_intake(actor=run.actor, now=run.now)


def finish_captures(run: Run, arguments: Mapping[str, object]) -> object:
    return ingest.finish_left_captures(actor=run.actor, now=run.now, spool=run.tools.spool)


def tend_missed(run: Run, arguments: Mapping[str, object]) -> object:
    return len(scheduling.tend_missed(actor=run.actor, now=run.now))


def watch_recorders(run: Run, arguments: Mapping[str, object]) -> object:
    return recorders.watch_recorders(actor=run.actor, now=run.now)


def work_timetable(run: Run, arguments: Mapping[str, object]) -> object:
    run_id = UUID(text(arguments, "run_id"))
    return scheduling.work_timetable(run_id, rules=scheduling.feed_rules(wiring.configuration()), now=run.now)


def tend_timetable(run: Run, arguments: Mapping[str, object]) -> object:
    return scheduling.tend_timetable(rules=scheduling.feed_rules(wiring.configuration()), now=run.now)


def check_schedules(run: Run, arguments: Mapping[str, object]) -> object:
    return scheduling.check_schedules(now=run.now)
