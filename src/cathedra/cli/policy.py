"""Check versions of the acceptable use policy as rules, try one on the whole library, activate it."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cathedra import wiring
from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain import policy
from cathedra.domain.policy import Disagreement, DryRun, Report, Share, UsePolicy, Verdict
from cathedra.domain.terms import Actor, Channel, UnableTo

ACTOR = Actor(None, Channel.CLI)
OWNERS = 100  # those with most hours
SHOWN = 5  # of the declarations that nobody decided


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which files."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    check = verbs.add_parser("check", help="try a version on every declaration there can be; status 1 if it is unsound")
    check.add_argument("files", nargs="*", type=Path, help="paths to .toml files; without any, all that are known here")
    verbs.add_parser("list", help="the versions that were activated, the newest first")
    trial = verbs.add_parser("dry-run", help="what a version would change in the whole library; changes nothing")
    trial.add_argument("file", type=Path, help="path to a .toml file")
    activate = verbs.add_parser("activate", help="make a version hold from now on; earlier verdicts stay")
    activate.add_argument("file", type=Path, help="path to a .toml file")
    activate.add_argument("--why", required=True, help="kept with the version")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was found or done. 0 when all is well."""
    match arguments.verb:
        case "check":
            return _check_all(arguments.files)
        case "list":
            lines = _versions()
        case "dry-run":
            lines = _tried(actions.dry_run_use_policy(wiring.read_use_policy(arguments.file)))
        case _:
            lines = [_activate(arguments.file, arguments.why)]
    for line in lines:
        print(line)
    return 0


def _check_all(files: list[Path]) -> int:
    paths = files or wiring.use_policy_files()
    if not paths:
        raise UnableTo("There is no version of the acceptable use policy. Reinstall Cathedra.")
    return max([_check(path) for path in paths])


def _versions() -> list[str]:
    found = reads.list_use_policies()
    return [
        f"acceptable-use@{one.version}  activated {one.activated_at:%Y-%m-%d} by {one.activated_by or 'an operator'}: {one.why}"
        for one in found
    ] or ["No version was activated yet."]


def _activate(path: Path, why: str) -> str:
    text = wiring.use_policy_text(path)
    version = wiring.use_policy(text, str(path))
    decision = actions.activate_use_policy(version, text=text, why=why, actor=ACTOR, now=datetime.now(UTC))
    if not decision.is_permitted:
        reason = decision.reasons[0]
        raise UnableTo(reason.sentence.format(**reason.values))
    return f"{version.name} is active: what is declared from now on is judged by it."


def _tried(found: DryRun) -> Iterator[str]:
    yield f"{found.policy}: {_share(found.tried)} judged, {_share(found.changed)} would change. Nothing was changed."
    for (before, after), share in sorted(found.changes.items()):
        yield f"  {before} to {after}: {_share(share)}"
    if found.decided.recordings:
        yield f"  decided by reviewers, which stands: {_share(found.decided)}"
    if found.undeclared.recordings:
        yield f"  never declared, so not judged: {_share(found.undeclared)}"
    sums = reads.sum_turned(found.turned, most=OWNERS)
    for one in sums.departments:
        yield f"  in {one.department or 'no department'}: {_share(one.share)} of {one.people} people"
    for one in sums.owners:
        yield f"  of {one.owner}: {_share(one.share)}"


def _share(share: Share) -> str:
    return f"{share.recordings} recordings ({share.duration_ms / 3_600_000:.1f} hours)"


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
    yield f"  declarations with a requirement that is not met, and that are not refused: {len(report.unrefused) or 'none'}."
    yield from (f"    {policy.in_words(one)}" for one in report.unrefused[:SHOWN])
    if len(report.unrefused) > SHOWN:
        yield f"    and {len(report.unrefused) - SHOWN} more"
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
