"""See the plans of archiving and deleting, try a run, do what is due now, simulate a rule."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.actions.retention import Preview, Stores
from cathedra.db.reads import retention as reads
from cathedra.domain import metering, retention
from cathedra.domain.retention import Profile, Rule, RunKind, Tally
from cathedra.domain.terms import Actor, Channel, UnableTo

ACTOR = Actor(None, Channel.CLI)
_KINDS = {"archive": RunKind.ARCHIVE, "deletion": RunKind.DELETION}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which run or rule."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("plan", help="the runs that are planned or were done, and what was left out")
    trial = verbs.add_parser("dry-run", help="what the next run would do as things stand; changes nothing")
    trial.add_argument("kind", choices=_KINDS)
    verbs.add_parser("run", help="do now what is due of both runs, as the background does every few minutes")
    simulated = verbs.add_parser("simulate", help="what a rule would do over the next years; changes nothing")
    simulated.add_argument("--profile", choices=[one.value for one in Profile], default=Profile.CALENDAR.value)
    simulated.add_argument("--days", type=int, default=0, help="of age and last_view")
    simulated.add_argument("--years", type=int, default=3)
    for verb, what in (("stop", "stop the next run, or one that runs"), ("resume", "let it go on where it was")):
        stopped = verbs.add_parser(verb, help=what)
        stopped.add_argument("kind", choices=_KINDS)
        if verb == "stop":
            stopped.add_argument("--why", required=True, help="kept on the audit trail")


def _clock() -> datetime:
    return datetime.now(UTC)


def run(arguments: argparse.Namespace, *, clock: Callable[[], datetime] = _clock) -> int:
    """Do it, and say what was found or done."""
    now = clock()
    match arguments.verb:
        case "plan":
            lines = _plans()
        case "dry-run":
            lines = _tried(actions.dry_run(_KINDS[arguments.kind], now=now))
        case "run":
            lines = _run(clock)
        case "simulate":
            lines = _simulated(arguments, now)
        case _:
            lines = _stopped(arguments, now)
    for line in lines:
        print(line)
    return 0


def _plans() -> Iterator[str]:
    rows = reads.list_runs()
    if not rows:
        yield "No run is planned yet. A deletion run is opened 90 days before its day, an archive run 30 days before."
    for row in rows:
        yield f"{row.run_day.name} on {row.day}: {_standing(row)}"
        for (state, why), amount in sorted(reads.counts_of(row.id).items()):
            said = f" ({why})" if why else ""
            yield f"  {state.lower()}{said}: {amount.recordings} recordings, {metering.hours(amount.seconds)} hours"


def _standing(row: reads.RunRow) -> str:
    if row.stopped_at and not row.ended_at:
        return "stopped"
    for at, word in ((row.ended_at, "ended"), (row.began_at, "running"), (row.frozen_at, "frozen")):
        if at:
            return f"{word} since {at:%Y-%m-%d %H:%M} UTC"
    return "people are told; the plan is not frozen yet"


def _tried(found: Preview) -> Iterator[str]:
    yield f"{found.run.name} on {found.run.day} would take {_tally(found.taken)}. Nothing was changed."
    for why, count in sorted(found.left.items()):
        yield f"  left alone: {count}. {retention.WHY_SENTENCES[why]}"


def _run(clock: Callable[[], datetime]) -> Iterator[str]:
    stores = Stores(media=wiring.object_store(), archive=wiring.archive_store())
    items = 0
    while True:
        tended = actions.tend_retention(actor=ACTOR, now=clock(), stores=stores)
        items += tended.items
        if not tended.is_more:
            break
    yield f"{items} recordings of a run were dealt with." if items else "No run is due."


def _simulated(arguments: argparse.Namespace, now: datetime) -> Iterator[str]:
    rule = Rule(Profile(arguments.profile), arguments.days)
    if rule.profile in (Profile.AGE, Profile.LAST_VIEW) and rule.days < 1:
        raise UnableTo(f"Say with --days after how many days {rule.profile.value} archives.")
    yield "As the library stands, if nobody does anything:"
    for tally in actions.simulate(rule, now=now, years=max(1, min(arguments.years, 10))):
        yield f"  {tally.run.name} on {tally.run.day}: {_tally(tally)}"


def _tally(tally: Tally) -> str:
    return f"{tally.recordings} recordings of {len(tally.owners)} people, {metering.hours(tally.seconds)} hours"


def _stopped(arguments: argparse.Namespace, now: datetime) -> Iterator[str]:
    kind = _KINDS[arguments.kind]
    row = next((one for one in reads.list_open_runs() if one.kind is kind and one.ended_at is None), None)
    if row is None:
        raise UnableTo(f"No {arguments.kind} run is open.")
    if arguments.verb == "stop":
        decision = actions.stop_run(row.id, reason=arguments.why, actor=ACTOR, now=now)
    else:
        decision = actions.resume_run(row.id, actor=ACTOR, now=now)
    if not decision.is_permitted:
        reason = decision.reasons[0]
        raise UnableTo(reason.sentence.format(**reason.values))
    yield f"{row.run_day.name} {'is stopped' if arguments.verb == 'stop' else 'goes on'}."
