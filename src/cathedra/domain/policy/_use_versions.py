"""Versions of the policy: who may activate one, and what the next one would change before anybody does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cathedra.domain.policy._use_check import Report
from cathedra.domain.policy._use_policy import UsePolicy
from cathedra.domain.policy._use_verdict import WrongDeclaration, evaluate
from cathedra.domain.policy._use_words import Declaration, Verdict
from cathedra.domain.terms import AccountId, Code, Decision, RecordingId, deny, permit
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


@dataclass(frozen=True, slots=True)
class Declared:
    """A recording that is kept, whose it is, and what was declared of it last."""

    recording_id: RecordingId
    owner_id: AccountId
    owner: str
    duration_ms: int
    declaration: Declaration
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """How many recordings, and how long they are together."""

    recordings: int = 0
    duration_ms: int = 0

    def plus(self, duration_ms: int) -> "Share":
        """One recording more."""
        return Share(self.recordings + 1, self.duration_ms + duration_ms)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a version would change: verdict by verdict, and whose recordings these are, those with most hours first."""

    policy: str
    tried: Share
    changes: Mapping[tuple[Verdict, Verdict], Share]
    owners: tuple[tuple[str, Share], ...]

    @property
    def changed(self) -> Share:
        """All changes together."""
        shares = self.changes.values()
        return Share(sum(one.recordings for one in shares), sum(one.duration_ms for one in shares))


def dry_run(policy: UsePolicy, declared: Iterable[Declared]) -> DryRun:
    """Judge everything declared by this version, and change nothing. Takes recordings one by one: what is kept in memory
    grows with their owners only. An exemption stands whatever the policy says (R89)."""
    tried = Share()
    changes: defaultdict[tuple[Verdict, Verdict], Share] = defaultdict(Share)
    owners: defaultdict[AccountId, Share] = defaultdict(Share)
    names: dict[AccountId, str] = {}
    for one in declared:
        tried = tried.plus(one.duration_ms)
        after = one.verdict if one.verdict is Verdict.EXEMPT else _verdict(policy, one.declaration)
        if after is one.verdict:
            continue
        changes[one.verdict, after] = changes[one.verdict, after].plus(one.duration_ms)
        owners[one.owner_id] = owners[one.owner_id].plus(one.duration_ms)
        names[one.owner_id] = one.owner
    ranked = sorted(owners.items(), key=lambda item: (-item[1].duration_ms, names[item[0]], item[0]))
    return DryRun(policy.name, tried, dict(changes), tuple((names[owner], share) for owner, share in ranked))


def _verdict(policy: UsePolicy, declaration: Declaration) -> Verdict:
    try:
        return evaluate(policy, declaration).verdict
    except WrongDeclaration:  # a category that this version no longer knows: somebody has to look
        return Verdict.REFERRED
