"""List and publish versions of the terms of use and of the acceptable use policy."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from cathedra import wiring
from cathedra.actions import policy
from cathedra.db.reads import policy as reads
from cathedra.domain.policy import Terms
from cathedra.domain.terms import Actor, Channel, UnableTo

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`list`, or `publish` with what to publish."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("list", help="what is published, and what could be")
    publish = verbs.add_parser("publish", help="make a version the current one; people are asked again if it says so")
    publish.add_argument("terms", help="the name of a version that `list` shows, as eula-2, or a path to a .toml file")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    if arguments.verb == "list":
        for line in _lines():
            print(line)
        return 0
    terms = _find(arguments.terms)
    decision = policy.publish_terms(terms, actor=ACTOR, now=datetime.now(UTC))
    if not decision.is_permitted:
        reason = decision.reasons[0]
        raise UnableTo(reason.sentence.format(**reason.values))
    print(f"{terms.title}, version {terms.version}, is published and holds from now on.")
    return 0


def _lines() -> list[str]:
    published = reads.list_versions()
    names = {f"{row.document}-{row.version}" for row in published}
    lines = [
        f"{row.document}-{row.version}  published {row.published_at:%Y-%m-%d}, accepted by {row.accepted}: {row.title}"
        for row in published
    ]
    waiting = [terms for terms in wiring.known_terms() if terms.name not in names]
    return lines + [f"{terms.name}  not published: {terms.title}, {terms.date}" for terms in waiting]


def _find(wanted: str) -> Terms:
    """By name, else by path. Raises UnableTo."""
    if wanted.endswith(".toml"):
        return wiring.read_terms(Path(wanted))
    known = {terms.name: terms for terms in wiring.known_terms()}
    if wanted not in known:
        raise UnableTo(f"There is no version {wanted}. Give one of: {', '.join(known)}; or a path to a .toml file.")
    return known[wanted]
