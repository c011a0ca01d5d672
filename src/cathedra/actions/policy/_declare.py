"""Declare what a recording is for: before its first byte, and again when something was wrong (R77, R84, R85, R90)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.actions.policy import _cases
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, policy
from cathedra.domain.policy import Answer, Declaration, Finding, Relevance, Requirement, UsePolicy, WrongDeclaration
from cathedra.domain.terms import AccountId, Actor, Code, Decision, RecordingId, RecordingNotFound, deny
from cathedra.domain.terms import gettext_noop as _

NOTE_CHARACTERS = 2000
_CHANGED = _("The policy changed while you answered. Please look at your answers again.")


@dataclass(frozen=True, slots=True)
class DeclareWish:
    """What somebody declares (R77). `version` is that of the questions they answered; None: whichever holds."""

    answers: tuple[Answer, Answer, Answer]
    category: str
    course_id: UUID | None = None
    relevance: Relevance = Relevance.NOT_ASKED
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A declaration that may be kept, with what the policy that holds makes of it."""

    version: UsePolicy
    declaration: Declaration
    finding: Finding
    course_id: UUID | None
    note: str


def judge_use(wish: DeclareWish) -> Judged | Decision:
    """What the policy says, before anything is kept. A refusal names every requirement that fails, and where else such
    a recording may go (R85). Changes nothing."""
    version = policy_in_force()
    if version is None or wish.version not in (None, version.version):
        return deny(Code.CONFLICT, "R79", _CHANGED)
    course = reads.linked_course(wish.course_id)
    if course is None:
        return deny(Code.BAD_REQUEST, "R77", _("This course is not known here. Choose another, or none."))
    declaration = Declaration(dict(zip(Requirement, wish.answers, strict=True)), wish.category, course, wish.relevance)
    try:
        finding = policy.evaluate(version, declaration)
    except WrongDeclaration:
        return deny(Code.BAD_REQUEST, "R77", _("The policy does not know this kind of content. Choose another."))
    refusal = policy.decide_storing(version, finding)
    if not refusal.is_permitted:
        return refusal
    note = wish.note.replace("\0", "").strip()[:NOTE_CHARACTERS]
    return Judged(version, declaration, finding, wish.course_id, note)


def judge_upload(wish: DeclareWish | None, recording_id: RecordingId | None) -> Judged | Decision | None:
    """R84: no first byte without a declaration. None: none is needed, because the file goes beside those of a recording
    that is declared, or because no version of the policy was ever activated here."""
    version = policy_in_force()
    if version is None:
        return None
    if recording_id is not None and reads.find_last_declaration(recording_id) is not None:
        return None
    if wish is None:
        return deny(
            Code.BAD_REQUEST,
            "R84",
            _("Say what this recording is for before you send it: answer the questions, or send `declaration`."),
        )
    if wish.version not in (None, version.version):
        return deny(Code.BAD_REQUEST, "R79", _CHANGED)  # to a sender, a conflict is about bytes, and worth another try
    return judge_use(wish)


def keep_declaration(recording_id: RecordingId, judged: Judged, *, actor: Actor, now: datetime) -> None:
    """In the caller's transaction: the declaration with its verdict, and a case where the service has to decide (R86).
    The caller has asked whether the actor may."""
    if actor.account_id is None:
        raise ValueError("nobody declares anonymously")
    _add(recording_id, judged, actor.account_id, now)
    told = {
        "category": judged.declaration.category,
        "verdict": judged.finding.verdict,
        "by": list(judged.finding.by),
        "policy": judged.version.name,
    }
    audit.record(actor, "recording:declare", target_kind="recording", target_id=recording_id, now=now, facts=told)
    _cases.follow_declaration(recording_id, judged.version, judged.finding, actor=actor, now=now)


def _add(recording_id: RecordingId, judged: Judged, by: AccountId, now: datetime) -> None:
    writes.add_declaration(
        recording_id,
        judged.declaration,
        judged.finding,
        version=judged.version.version,
        course_id=judged.course_id,
        note=judged.note,
        by=by,
        now=now,
    )


def decide_declaring(facts: access.RecordingFacts, now: datetime) -> Decision:
    """Who may say what a recording is for, and see why it is held: whoever may edit it (R38 row 6), and its owner, whom
    the policy asks (R87, R90) whether or not they hold a role where it lies."""
    decision = access.decide(facts, access.Action.EDIT_RECORDING, now)
    is_kept = facts.media.keeping in ("ONLINE", "ARCHIVED")
    if decision.is_permitted or not (facts.is_owner and is_kept):
        return decision
    return access.decide(facts, access.Action.SEE_PROGRESS, now)


def declare_use(recording_id: RecordingId, wish: DeclareWish, *, actor: Actor, now: datetime) -> Finding | Decision:
    """Keep what its owner, or somebody who may edit it, declares of a recording, with the verdict of the policy. A correction is a new
    declaration (R8); the same again changes nothing. A refusal is a Decision: what is not permitted is kept nowhere
    (R85). What was held for want of an answer is let go, or goes to the service (R87, R90)."""
    with transaction():
        access_reads.keep_folder_of(recording_id)  # before the recording, as who deletes it does
        try:
            facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        except RecordingNotFound:
            return access.no_permission()
        decision = decide_declaring(facts, now)
        if decision.is_permitted and facts.is_in_intake:
            return access.in_intake()
        if actor.account_id is None or not decision.is_permitted:
            return decision
        case = reads.find_case(recording_id)
        decision = policy.decide_correction(case.standing if case else None, now)
        if not decision.is_permitted:
            return decision
        judged = judge_use(wish)
        if isinstance(judged, Decision):
            return judged
        last = reads.find_last_declaration(recording_id)
        said = (judged.declaration, judged.course_id, judged.note, judged.version.version)
        if last is None or (last.declaration, last.course_id, last.note, last.version) != said:
            keep_declaration(recording_id, judged, actor=actor, now=now)
        return judged.finding
