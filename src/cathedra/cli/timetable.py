"""Take a timetable: events as CSV (or JSON) become scheduled recordings, with the rights of the account that is named (R156,
docs/timetable.md)."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cathedra import wiring
from cathedra.actions import scheduling as actions
from cathedra.db.reads import people
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RunRow
from cathedra.domain.ingest import timetable as rules
from cathedra.domain.ingest.timetable import FeedOutcome, Said
from cathedra.domain.terms import Actor, Channel, Decision, UnableTo

SAYS = {
    FeedOutcome.MADE: "scheduled",
    FeedOutcome.MOVED: "moved",
    FeedOutcome.CHANGED: "changed",
    FeedOutcome.CALLED_OFF: "called off",
    FeedOutcome.UNCHANGED: "as they were",
    FeedOutcome.EXCLUDED: "left out",
    FeedOutcome.FAILED: "failed",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, whose rights count, and whether anything is done."""
    parser.add_argument(
        "file", nargs="?", type=Path, help="path to a .csv or .json file; without one, the input is read"
    )
    parser.add_argument(
        "--as",
        dest="login_name",
        required=True,
        metavar="login_name",
        help="the account that schedules; its rights count",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--json", action="store_true", help="the input is JSON: a list of events")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what became of the events. 0 when none failed."""
    account_id = people.find_account_by_login(arguments.login_name)
    if account_id is None:
        raise UnableTo(f"There is no account {arguments.login_name}.")
    feed, now = _read(arguments), datetime.now(UTC)
    actor = Actor(account_id, Channel.CLI)
    run_id = actions.receive_timetable(feed, is_trial=arguments.dry_run, actor=actor, now=now, is_queued=False)
    if isinstance(run_id, Decision):
        raise UnableTo(_sentence(run_id))
    actions.work_timetable(run_id, rules=actions.feed_rules(wiring.configuration()), channel=Channel.CLI, now=now)
    row = reads.get_run(run_id, account_id, runs_service=False)
    for line in _lines(row):
        print(line, file=sys.stderr)
    print(_sums(row))
    return 1 if row.counts.get(FeedOutcome.FAILED) else 0


def _read(arguments: argparse.Namespace) -> list[Said]:
    try:
        text = arguments.file.read_text("utf-8-sig") if arguments.file else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UnableTo(f"The timetable cannot be read: {error}") from error
    if arguments.json or (arguments.file and arguments.file.suffix == ".json"):
        return _read_json(text)
    found = rules.read_timetable(text.splitlines(keepends=True))
    if isinstance(found, Decision):
        raise UnableTo(_sentence(found))
    return found


def _read_json(text: str) -> list[Said]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UnableTo(f"This is not JSON: {error}") from error
    events = found.get("events") if isinstance(found, dict) else found
    if not isinstance(events, list) or not all(isinstance(one, dict) for one in events):
        raise UnableTo("The JSON is to be a list of events, or an object with such a list as “events”.")
    return [rules.as_said({name: _word(value) for name, value in one.items()}) for one in events]


def _word(value: Any) -> str:
    return ("yes" if value else "") if isinstance(value, bool) or value is None else str(value)


def _lines(row: RunRow) -> Iterator[str]:
    for one in row.lines:
        why = one["why"]
        said = f": {why['sentence'].format(**why['values'])}" if why else ""
        yield f"{one['line']} {one['event']} {one['title']}: {SAYS[FeedOutcome(one['outcome'])]}{said}"


def _sums(row: RunRow) -> str:
    counts = Counter(row.counts)
    told = ", ".join(f"{counts[one]} {word}" for one, word in SAYS.items() if counts[one])
    return f"{row.events} events: {told}.{' Nothing was changed.' if row.is_trial else ''}"


def _sentence(decision: Decision) -> str:
    reason = decision.reasons[0]
    return reason.sentence.format(**reason.values)
