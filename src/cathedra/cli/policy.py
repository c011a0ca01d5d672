"""Check versions of the acceptable use policy: does every one of their words mean what their examples say?"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from cathedra import wiring
from cathedra.domain import policy
from cathedra.domain.policy import Disagreement, Report, UsePolicy, Verdict
from cathedra.domain.terms import UnableTo

SHOWN = 5  # of the declarations that nobody decided


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check`, with the files to check."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    check = verbs.add_parser("check", help="try a version on every declaration there can be; status 1 if it is unsound")
    check.add_argument("files", nargs="*", type=Path, help="paths to .toml files; without any, all that are known here")


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what was found. 0 when every version is sound."""
    paths = arguments.files or wiring.use_policy_files()
    if not paths:
        raise UnableTo("There is no version of the acceptable use policy. Reinstall Cathedra.")
    return max([_check(path) for path in paths])


def _check(path: Path) -> int:
    try:
        found = wiring.read_use_policy(path)
    except UnableTo as error:
        print(f"{error}\nIt cannot be activated.")
        return 1
    report = policy.check(found)
    for line in _lines(found, report):
        print(line)
    return 0 if report.is_sound else 1


def _lines(found: UsePolicy, report: Report) -> Iterator[str]:
    counts = ", ".join(f"{report.verdicts.get(verdict, 0)} {_SAYS[verdict]}" for verdict in _SAYS)
    yield f"{found.name}: {report.combinations} declarations tried: {counts}."
    yield f"  examples: {len(found.examples)} tried, {len(report.failed_examples)} failed."
    yield from (f"    {line}" for line in report.failed_examples)
    yield f"  rules that never decide: {', '.join(report.idle_rules) or 'none'}."
    yield f"  declarations that no rule decides, and that are referred: {len(report.undecided) or 'none'}."
    yield from (f"    {policy.in_words(one)}" for one in report.undecided[:SHOWN])
    if len(report.undecided) > SHOWN:
        yield f"    and {len(report.undecided) - SHOWN} more"
    wrong = [one for one in report.disagreements if one.is_wrong]
    settled = sum(1 for one in report.disagreements if not one.is_wrong)
    yield f"  rules that permit what another rule does not: {len(wrong) or 'none'}."
    yield from (f"    {_said(one)}" for one in wrong)
    yield f"  pairs of a rule that refuses and one that refers, where the refusal holds: {settled}."
    yield "It is sound." if report.is_sound else "It is not sound, and cannot be activated."


_SAYS = {Verdict.PERMITTED: "permitted", Verdict.REFERRED: "referred", Verdict.NOT_PERMITTED: "refused"}


def _said(one: Disagreement) -> str:
    (first, second), (effect, other) = one.rules, one.effects
    return f"{first} ({effect.lower()}) and {second} ({other.lower()}): {one.count}, such as {policy.in_words(one.instance)}"
