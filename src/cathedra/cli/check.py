"""Say what is wrong with this installation, in words, and what to do about it."""

import argparse
import sys

from cathedra import wiring
from cathedra.cli import _checks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """One line a check; status 1 when one of them found a problem."""
    findings = _checks.all_findings(wiring.configuration())
    problems = 0
    for finding in findings:
        problems += not finding.is_well
        print(f"{'ok     ' if finding.is_well else 'PROBLEM'}  {finding.subject:<12} {finding.says}")
        if finding.remedy:
            print(f"{'':9}{'':<12} → {finding.remedy}")
        sys.stdout.flush()
    print("Everything is well." if not problems else f"{problems} problem{'s' * (problems > 1)} found.")
    return 1 if problems else 0
