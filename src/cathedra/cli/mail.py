"""Take returned letters from a mail server. In its aliases: `bounces: "|cathedra mail bounce"`."""

import argparse
import sys
from datetime import UTC, datetime

from cathedra.actions import notices
from cathedra.adapters import delivery_reports
from cathedra.domain.terms import Actor, Channel

ACTOR = Actor(None, Channel.CLI)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("bounce", help="read one delivery report (RFC 3464) and stop sending to its address")


def run(arguments: argparse.Namespace) -> int:
    """Always well, so that the mail server does not return what was returned: a message that is no report about a
    letter of ours changes nothing."""
    report = delivery_reports.read(sys.stdin.buffer.read(delivery_reports.MOST_BYTES))
    address = notices.take_report(report, actor=ACTOR, now=datetime.now(UTC)) if report else None
    print(f"Nothing more is sent to {address}." if address else "Nothing follows from this message.")
    return 0
