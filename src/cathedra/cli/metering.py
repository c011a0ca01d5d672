"""Prove that the ledger of hours says what the library is, and put it right where it does not."""

import argparse
from datetime import UTC, datetime
from uuid import UUID

from cathedra.actions import metering as actions
from cathedra.domain import metering
from cathedra.domain.terms import Actor, Channel, RecordingId, UnableTo

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and of which recording."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("prove", help="compare ledger and library, as every night; status 1 if they differ")
    corrected = verbs.add_parser("correct", help="add the lines that are missing for a recording; nothing is changed")
    corrected.add_argument("recording", type=UUID, help="the id that `prove`, or the notice of it, names")
    corrected.add_argument("--why", required=True, help="what was wrong; kept on the audit trail")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was found or done. 0 when all is well."""
    now = datetime.now(UTC)
    if arguments.verb == "prove":
        return _prove(actions.prove_meters(actor=ACTOR, now=now))
    recording_id = RecordingId(arguments.recording)
    found = actions.correct_meters(recording_id, reason=arguments.why, actor=ACTOR, now=now)
    if not found.decision.is_permitted:
        raise UnableTo(found.decision.reasons[0].sentence)
    for line in found.lines:
        print(f"{line.category}: {line.delta_s:+d} seconds ({line.licence_year})")
    print("The ledger is right now." if found.lines else "The ledger was right, so nothing was added.")
    return 0


def _prove(proof: actions.Proof) -> int:
    for one in proof.differences:
        print(f"{one.recording_id} {one.category}: the ledger says {one.ledger_s} seconds, the library {one.library_s}")
    if not proof.totals_agree:
        print("The totals by department are not the sums of the lines. Tell whoever looks after the software.")
    if not proof:
        print("The ledger says what the library is.")
        return 0
    apart = sum(abs(one.ledger_s - one.library_s) for one in proof.differences)
    print(
        f"{metering.hours(apart)} hours differ. Once you know why, put each right: cathedra meters correct ID --why ..."
    )
    return 1
