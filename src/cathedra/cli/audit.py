"""Verify that the audit trail is whole, and export it."""

import argparse
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cathedra import wiring
from cathedra.actions import audit as actions
from cathedra.db.reads import audit as reads
from cathedra.domain import audit
from cathedra.domain.audit import Break, Chain, ExportFormat, Head, Wish
from cathedra.domain.terms import Actor, Channel, UnableTo

ACTOR = Actor(None, Channel.CLI)
BATCH = 5000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Verify or export, and what belongs to it."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verify = verbs.add_parser("verify", help="name the first event that was altered, removed, inserted or moved")
    verify.add_argument(
        "--expect",
        metavar="NUMBER:HASH",
        help="what an earlier verification printed: that event must still stand in the trail as it was",
    )
    export = verbs.add_parser("export", help="write events to the output, oldest first")
    export.add_argument("--format", choices=[each.value for each in ExportFormat], default=ExportFormat.CSV.value)
    export.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="from this day on")
    export.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="to the end of this day")
    export.add_argument(
        "--action", action="append", default=[], metavar="NOUN:VERB", help="only these; may be repeated"
    )
    export.add_argument("--person", metavar="NAME", help="what this person did, or what was done to their account")


def run(arguments: argparse.Namespace) -> int:
    """0: whole, or written. 1: broken; the first broken event is named."""
    return _verify(arguments.expect) if arguments.verb == "verify" else _export(arguments)


def _verify(expected: str | None) -> int:
    wanted = _parse(expected) if expected else None
    broken, end = verify(wanted)
    if broken is not None:
        print(f"The audit trail is broken at event {broken.id} ({broken.damage}). {broken.sentence}")
        return 1
    print(f"The audit trail is whole: {end.last_id} events. Keep this for the next time: {end.last_id}:{end.last_hash}")
    return 0


def _parse(expected: str) -> Head:
    number, _, given = expected.partition(":")
    if not number.isdigit() or len(given) != len(audit.GENESIS):
        raise UnableTo("--expect takes what an earlier verification printed, as 1234:9f86d081…")
    return Head(int(number), given)


def verify(wanted: Head | None = None) -> tuple[Break | None, Head]:
    """Walk the whole chain in batches. Events that are written meanwhile are walked too.

    Returns the first broken event, if any, and the end that was reached.
    """
    chain = Chain()
    after: int | None = None
    while True:
        head = reads.find_head()
        while links := reads.list_links(after=after, limit=BATCH):
            for link in links:
                found = chain.take(link) or _differs(wanted, link)
                if found is not None:
                    return audit.seen_with(found, reads.find_head()), chain.at
            after = links[-1].id
        now = reads.find_head()
        if now == head or now == chain.at:
            return _close(chain, now, wanted), chain.at


def _differs(wanted: Head | None, link: audit.Link) -> Break | None:
    if wanted is None or link.id != wanted.last_id or link.hash == wanted.last_hash:
        return None
    return Break(
        audit.Damage.ALTERED, link.id, f"Event {link.id} has another hash than was kept: the trail was written anew."
    )


def _close(chain: Chain, head: Head | None, wanted: Head | None) -> Break | None:
    if head is None and chain.at.last_id == 0 and wanted is None:
        return None  # nothing was ever recorded
    found = chain.close(head)
    if found is None and wanted is not None and wanted.last_id > chain.at.last_id:
        lost = chain.at.last_id + 1
        return Break(audit.Damage.REMOVED, lost, f"Event {lost} is missing: the trail reached {wanted.last_id} once.")
    return found


def _export(arguments: argparse.Namespace) -> int:
    zone = ZoneInfo(wiring.configuration().site.timezone)
    people = reads.find_people(arguments.person) if arguments.person else None
    if people == ():
        raise UnableTo(f"Nobody is called {arguments.person}.")
    unknown = [action for action in arguments.action if action not in audit.PHRASES]
    if unknown:
        raise UnableTo(f"There is no action {unknown[0]}. Actions are: {', '.join(sorted(audit.PHRASES))}.")
    wish = Wish(
        people=people,
        actions=tuple(arguments.action),
        since=audit.day_start(arguments.since, zone),
        until=audit.day_after(arguments.until, zone),
    )
    form = ExportFormat(arguments.format)
    actions.note_export(wish, form=form, actor=ACTOR, now=datetime.now(UTC))
    for line in reads.stream_lines(wish, form=form):
        sys.stdout.write(line)
    return 0
