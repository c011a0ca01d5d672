"""Verbs of the acceptable use policy as rules: activate a version, try one on the whole library, declare a recording."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, policy
from cathedra.domain.policy import (
    Answer,
    Declaration,
    DryRun,
    Finding,
    Relevance,
    Requirement,
    UsePolicy,
    WrongDeclaration,
)
from cathedra.domain.terms import Actor, Channel, Code, Decision, RecordingId, RecordingNotFound, deny
from cathedra.domain.terms import gettext_noop as _

NOTE_CHARACTERS = 2000


def activate_use_policy(version: UsePolicy, *, text: str, why: str, actor: Actor, now: datetime) -> Decision:
    """Make a version hold from the commit on; `text` is its file, word by word. Of two at once, one is refused.

    What was declared before keeps the verdict it had: nothing is judged again silently."""
    report = policy.check(version)
    with transaction():
        writes.hold_activation()
        is_operator = actor.channel is Channel.CLI and actor.is_anonymous
        facts = reads.activate_facts(actor.account_id, is_operator=is_operator)
        decision = policy.decide_activation(facts, version, report, why=why)
        if decision.is_permitted:
            writes.add_use_policy(version, text=text, why=why.strip(), by=actor.account_id, now=now)
            told = {"version": version.version, "text_hash": policy.text_hash(text)}
            audit.record(
                actor, "policy:activate", target_kind="policy", target_id=version.name, now=now, reason=why, facts=told
            )
    return decision


def dry_run_use_policy(version: UsePolicy) -> DryRun:
    """What this version would make of everything that is kept and declared. Changes nothing, and holds no lock."""
    return policy.dry_run(version, reads.iterate_declared())


@dataclass(frozen=True, slots=True)
class DeclareWish:
    """What somebody declares (R77)."""

    answers: tuple[Answer, Answer, Answer]
    category: str
    course_id: UUID | None = None
    relevance: Relevance = Relevance.NOT_ASKED
    note: str = ""


def declare_use(
    recording_id: RecordingId, wish: DeclareWish, *, version: UsePolicy, actor: Actor, now: datetime
) -> Finding | Decision:
    """Keep what somebody who may edit a recording declares of it, with the verdict of the policy. A correction is a new
    declaration (R8); the same again changes nothing. A refusal is a Decision: what is not permitted is kept nowhere
    (R85), and the version that was asked about must be the one that holds."""
    with transaction():
        try:
            facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        except RecordingNotFound:
            return deny(Code.NO_PERMISSION, "R42", _("There is nothing here, or you may not see it."))
        decision = access.decide(facts, access.Action.EDIT_RECORDING, now)
        if actor.account_id is None or not decision.is_permitted:
            return decision
        judged = _judge(wish, version)
        if isinstance(judged, Decision):
            return judged
        declaration, finding = judged
        last = reads.find_last_declaration(recording_id)
        note = wish.note.replace("\0", "").strip()[:NOTE_CHARACTERS]
        said = (declaration, wish.course_id, note, version.version)
        if last and (last.declaration, last.course_id, last.note, last.version) == said:
            return finding
        writes.add_declaration(
            recording_id,
            declaration,
            finding,
            version=version.version,
            course_id=wish.course_id,
            note=note,
            by=actor.account_id,
            now=now,
        )
        told = {"category": wish.category, "verdict": finding.verdict, "by": list(finding.by), "policy": version.name}
        audit.record(actor, "recording:declare", target_kind="recording", target_id=recording_id, now=now, facts=told)
        return finding


def _judge(wish: DeclareWish, version: UsePolicy) -> tuple[Declaration, Finding] | Decision:
    active = reads.find_active_use_policy()
    if active is None or active.version != version.version:
        return deny(
            Code.CONFLICT, "R79", _("The policy changed while you answered. Please look at your answers again.")
        )
    course = reads.linked_course(wish.course_id)
    if course is None:
        return deny(Code.BAD_REQUEST, "R77", _("This course is not known here. Choose another, or none."))
    answers = dict(zip(Requirement, wish.answers, strict=True))
    declaration = Declaration(answers, wish.category, course, wish.relevance)
    try:
        finding = policy.evaluate(version, declaration)
    except WrongDeclaration:
        return deny(Code.BAD_REQUEST, "R77", _("The policy does not know this kind of content. Choose another."))
    refusal = policy.decide_storing(version, finding)
    return (declaration, finding) if refusal.is_permitted else refusal
