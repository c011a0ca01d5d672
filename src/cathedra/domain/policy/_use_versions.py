"""Versions of the policy: who may activate one, and what the next one would change before anybody does."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from cathedra.domain.policy._use_check import Report
from cathedra.domain.policy._use_policy import UsePolicy
from cathedra.domain.policy._use_verdict import WrongDeclaration, evaluate
from cathedra.domain.policy._use_words import Declaration, Verdict
from cathedra.domain.sheets import plain_cell
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class ActivateFacts:
    """Who wants to activate, and what holds. An operator has the machine itself."""

    is_operator: bool
    is_service_admin: bool
    active_version: int | None


def decide_activation(facts: ActivateFacts, policy: UsePolicy, report: Report, *, why: str) -> Decision:
    """May this version hold from now on? Only a sound one, only forwards, and only with a reason (R25, R79)."""
    if not (facts.is_operator or facts.is_service_admin):
        return deny(Code.NO_PERMISSION, "R25", _("There is nothing here, or you may not see it."))
    if facts.active_version is not None and policy.version <= facts.active_version:
        return deny(
            Code.CONFLICT,
            "R79",
            _("Version {active} is active already. Give the new version a higher number than that."),
            active=str(facts.active_version),
        )
    if not report.is_sound:
        return deny(
            Code.BAD_REQUEST, "R79", _("This version is not sound, so it cannot be activated. See what the check says.")
        )
    if not why.strip():
        return deny(Code.BAD_REQUEST, "R79", _("Say why this version is activated: it is kept with it."))
    return permit()


def no_version() -> Decision:
    """Nothing is judged where no version was ever activated."""
    return deny(Code.CONFLICT, "R79", _("No version of the policy was activated here yet."))


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody saw when they tried a version: its very words, and which version held."""

    text_hash: str
    active_version: int | None


def decide_as_tried(seen: Tried, now: Tried) -> Decision:
    """Is what is to be activated what was tried (R79)? Its file, or the version that holds, may have changed since."""
    if seen == now:
        return permit()
    return deny(
        Code.CONFLICT,
        "R79",
        _("The version, or the one that holds, has changed since you tried it. Look at what it would change now."),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How many recordings, and how long they are together."""

    recordings: int = 0
    duration_ms: int = 0

    def plus(self, other: "Share") -> "Share":
        """Both together."""
        return Share(self.recordings + other.recordings, self.duration_ms + other.duration_ms)


@dataclass(frozen=True, slots=True)
class Alike:
    """Recordings that are kept, of which the same was declared last, and for which the same counts now. Of some nothing
    was declared. `is_decided`: by a reviewer, whose word no version undoes (R16, R89)."""

    declaration: Declaration | None
    verdict: Verdict | None
    is_decided: bool
    share: Share


@dataclass(frozen=True, slots=True)
class Turned:
    """What is declared so would come to something else."""

    declaration: Declaration
    before: Verdict
    after: Verdict
    share: Share


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a version would change in everything that is kept: what it judges, what people have decided and what nobody
    declared, which it does not, and what it judges otherwise than the version of its day."""

    policy: str
    tried: Share
    decided: Share
    undeclared: Share
    turned: tuple[Turned, ...]

    @property
    def changes(self) -> Mapping[tuple[Verdict, Verdict], Share]:
        """Verdict by verdict, from and to."""
        found: defaultdict[tuple[Verdict, Verdict], Share] = defaultdict(Share)
        for one in self.turned:
            found[one.before, one.after] = found[one.before, one.after].plus(one.share)
        return dict(found)

    @property
    def changed(self) -> Share:
        """All changes together."""
        return _sum(one.share for one in self.turned)


def dry_run(policy: UsePolicy, library: Iterable[Alike]) -> DryRun:
    """Judge everything declared by this version, and change nothing. Each distinct declaration is judged once, however
    many recordings it was made of. What a reviewer decided, an exemption above all, stands whatever the policy says."""
    tried, decided, undeclared = Share(), Share(), Share()
    turned: list[Turned] = []
    for one in library:
        if one.is_decided:
            decided = decided.plus(one.share)
        elif one.declaration is None or one.verdict is None:
            undeclared = undeclared.plus(one.share)
        else:
            tried = tried.plus(one.share)
            after = _verdict(policy, one.declaration)
            if after is not one.verdict:
                turned.append(Turned(one.declaration, one.verdict, after, one.share))
    return DryRun(policy.name, tried, decided, undeclared, tuple(turned))


def _sum(shares: Iterable[Share]) -> Share:
    total = Share()
    for share in shares:
        total = total.plus(share)
    return total


def _verdict(policy: UsePolicy, declaration: Declaration) -> Verdict:
    try:
        return evaluate(policy, declaration).verdict
    except WrongDeclaration:  # a category that this version no longer knows: somebody has to look
        return Verdict.REFERRED


CHANGES_COLUMNS = (
    "recording", "title", "folder", "owner", "login", "department", "hours", "kind", "verdict", "would_become",
)  # fmt: skip


def changes_line(cells: Sequence[object]) -> str:
    """One line of the file of a dry run. No text begins with what a spreadsheet takes for a formula (security class 20)."""
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([plain_cell(str(cell)) for cell in cells])
    return line.getvalue()
