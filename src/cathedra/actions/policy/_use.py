"""Verbs of the acceptable use policy as rules: activate a version, try one on the whole library."""

from collections.abc import Iterator
from datetime import datetime

from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering, policy
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.policy import DryRun, Tried, UsePolicy
from cathedra.domain.terms import Actor, Channel, Decision
from cathedra.domain.terms import gettext_noop as _

_RULES = _(
    "what is asked when something is recorded or uploaded, and what the answers come to. What was said before stays."
)


def activate_use_policy(
    version: UsePolicy, *, text: str, why: str, seen: Tried | None = None, actor: Actor, now: datetime
) -> Decision:
    """Make a version hold from the commit on; `text` is its file, word by word. Of two at once, one is refused, and so
    is what is no longer what was tried, as `seen` says it.

    What was declared before keeps the verdict it had: nothing is judged again silently. Creators hear of every version
    but the first (N47)."""
    report = policy.check(version)
    with transaction():
        writes.hold_activation()
        is_operator = actor.channel is Channel.CLI and actor.is_anonymous
        facts = reads.activate_facts(actor.account_id, is_operator=is_operator)
        decision = policy.decide_activation(facts, version, report, why=why)
        if decision.is_permitted and seen is not None:
            decision = policy.decide_as_tried(seen, Tried(policy.text_hash(text), facts.active_version))
        if decision.is_permitted:
            writes.add_use_policy(version, text=text, why=why.strip(), by=actor.account_id, now=now)
            told = {"version": version.version, "text_hash": policy.text_hash(text)}
            audit.record(
                actor, "policy:activate", target_kind="policy", target_id=version.name, now=now, reason=why, facts=told
            )
            if facts.active_version is not None:
                _tell_creators(version, now)
    return decision


def _tell_creators(version: UsePolicy, now: datetime) -> None:
    """N47, as when its text is published: what they declare from now on is judged by other rules."""
    notices.add(
        NoticeKind.TERMS_CHANGED,
        event=version.name,
        to=reads.list_creators(),
        values={"document": version.title, "changes": Phrase(_RULES)},
        link=policy.ADDRESSES[policy.TermsDocument.AUP],
        now=now,
    )


def dry_run_use_policy(version: UsePolicy) -> DryRun:
    """What this version would make of everything that is kept and declared. Changes nothing, and holds no lock."""
    return policy.dry_run(version, reads.list_alike())


def take_dry_run(version: UsePolicy, *, actor: Actor, now: datetime) -> Iterator[str]:
    """The recordings that would change verdict, as lines of a file that is written as it is read. That somebody took it
    is on the trail before its first line; whoever asks has come in by the door of the policy's pages."""
    with transaction():
        audit.record(actor, "policy:export_dry_run", target_kind="policy", target_id=version.name, now=now)
    return _lines(dry_run_use_policy(version))


def _lines(found: DryRun) -> Iterator[str]:
    yield policy.changes_line(policy.CHANGES_COLUMNS)
    for row in reads.iterate_turned(found.turned):
        yield policy.changes_line(
            (
                row.recording_id,
                row.title,
                row.folder,
                row.owner,
                row.login_name,
                row.department,
                metering.hours(metering.whole_seconds(row.duration_ms)),
                row.category,
                row.before,
                row.after,
            )
        )
