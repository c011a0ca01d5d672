"""Say who is in a group of an LMS or a directory: exactly the login names on the input, one a line (R2)."""

import argparse
import sys
from datetime import UTC, datetime

from cathedra.actions import people
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import Actor, Channel, UnableTo

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The group, by the id that the other system knows it by."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    push = verbs.add_parser("push", help="replace its members by those on the input; a new group is made")
    push.add_argument("external_id", help="as moodle:chem-1a_viewers")
    push.add_argument("--kind", choices=[GroupKind.EXTERNAL.value, GroupKind.DIRECTORY.value], default="external")
    push.add_argument("--name", default="", help="what a new group is called")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say who came, who went, and which names stand for nobody."""
    outcome = people.push_group(
        arguments.external_id,
        sys.stdin.read(),
        kind=GroupKind(arguments.kind),
        name=arguments.name,
        actor=ACTOR,
        now=datetime.now(UTC),
    )
    if outcome.group_id is None:
        raise UnableTo(outcome.decision.reasons[0].sentence)
    print(f"{arguments.external_id}: {outcome.added} added, {outcome.removed} taken out.")
    if outcome.missing:
        print(f"Nobody here is called: {', '.join(outcome.missing)}.", file=sys.stderr)
    return 0
