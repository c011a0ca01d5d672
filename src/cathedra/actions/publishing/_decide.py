"""Approve, reject, withdraw, hand in again (T19 to T24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.publishing import _tell
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import audit
from cathedra.db.writes import publishing as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, publishing
from cathedra.domain.publishing import ApprovalFacts, ApprovalStep, Command
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, RecordingNotFound, deny
from cathedra.domain.terms import gettext_noop as _

_ACTIONS: Mapping[Command, access.Action] = {
    Command.APPROVE: access.Action.APPROVE,
    Command.REJECT: access.Action.APPROVE,
    Command.WITHDRAW: access.Action.SUBMIT,
    Command.RESUBMIT: access.Action.SUBMIT,
}


_EVENTS: Mapping[Command, str] = {
    Command.APPROVE: "recording:approve",
    Command.REJECT: "recording:reject",
    Command.WITHDRAW: "recording:withdraw",
    Command.RESUBMIT: "recording:resubmit",
}


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """What came of it, and how the recording stands now; `standing` only for who may know. Permitted and not changed:
    it was so already, by whoever `standing` names."""

    decision: Decision
    is_changed: bool = False
    standing: reads.Submission | None = None


def approve_recording(recording_id: RecordingId, *, actor: Actor, now: datetime, seen: str = "") -> ApprovalResult:
    """T19, T24: a Publisher's yes; one is enough (R65). `seen` is the state they decided upon. Raises
    RecordingNotFound."""
    return _carry_out(recording_id, Command.APPROVE, actor=actor, now=now, seen=seen)


def reject_recording(
    recording_id: RecordingId, *, reason: str, actor: Actor, now: datetime, seen: str = ""
) -> ApprovalResult:
    """T20, T23: a Publisher's no, with the reason that its owner is told (R67). Raises RecordingNotFound."""
    return _carry_out(recording_id, Command.REJECT, actor=actor, now=now, seen=seen, reason=reason)


def withdraw_recording(recording_id: RecordingId, *, actor: Actor, now: datetime) -> ApprovalResult:
    """T21: its Creator takes it back before anybody decided. Raises RecordingNotFound."""
    return _carry_out(recording_id, Command.WITHDRAW, actor=actor, now=now)


def resubmit_recording(recording_id: RecordingId, *, actor: Actor, now: datetime) -> ApprovalResult:
    """T22: handed to the Publishers again. Raises RecordingNotFound."""
    return _carry_out(recording_id, Command.RESUBMIT, actor=actor, now=now)


def approve_all(recording_ids: Iterable[RecordingId], *, actor: Actor, now: datetime) -> tuple[ApprovalResult, ...]:
    """Several at once, each by itself: what somebody else decided meanwhile is left alone. What is not there is left
    out."""
    return _each(recording_ids, Command.APPROVE, actor=actor, now=now)


def reject_all(
    recording_ids: Iterable[RecordingId], *, reason: str, actor: Actor, now: datetime
) -> tuple[ApprovalResult, ...]:
    """The same, returned, all for one reason; each owner is told (R67)."""
    return _each(recording_ids, Command.REJECT, actor=actor, now=now, reason=reason)


def _each(
    recording_ids: Iterable[RecordingId], command: Command, *, actor: Actor, now: datetime, reason: str = ""
) -> tuple[ApprovalResult, ...]:
    results = []
    for recording_id in recording_ids:
        try:
            results.append(_carry_out(recording_id, command, actor=actor, now=now, seen="waiting", reason=reason))
        except RecordingNotFound:
            continue
    return tuple(results)


def _carry_out(
    recording_id: RecordingId, command: Command, *, actor: Actor, now: datetime, seen: str = "", reason: str = ""
) -> ApprovalResult:
    why = publishing.clean_reason(reason)
    with transaction():
        about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        may = access.decide(about, _ACTIONS[command], now)
        if not may.is_permitted:
            return ApprovalResult(may)
        found = reads.submission(recording_id)
        facts = ApprovalFacts(
            state=about.state,
            may=may,
            needs_approval=about.needs_approval,
            is_own=found.is_own(actor.account_id),
            may_approve_own=reads.may_approve_own(),
            decided_by=found.decided_by,
        )
        outcome = publishing.decide(facts, command, reason=why, seen=seen)
        if outcome.publication is None or outcome.step is None:
            return ApprovalResult(outcome.decision, standing=found)
        is_ours = writes.set_publication(
            recording_id,
            expected=found.publication,
            publication=outcome.publication,
            step=outcome.step,
            by=actor.account_id,
            reason=outcome.reason,
            now=now,
        )
        if not is_ours:
            return ApprovalResult(_lost(), standing=reads.submission(recording_id))
        _put_down(found, outcome.publication, command, outcome.reason, actor, now)
        standing = reads.submission(recording_id)
        _tell.tell_decided(
            standing if command is Command.RESUBMIT else found, command, reason=outcome.reason, actor=actor, now=now
        )
    return ApprovalResult(outcome.decision, is_changed=True, standing=standing)


def _put_down(
    found: reads.Submission, publication: str, command: Command, reason: str, actor: Actor, now: datetime
) -> None:
    audit.record(
        actor,
        _EVENTS[command],
        target_kind="recording",
        target_id=found.id,
        now=now,
        before={"publication": found.publication},
        after={"publication": publication},
        reason=reason,
    )


def _lost() -> Decision:
    return deny(Code.CONFLICT, "R53", _("Somebody else decided about this recording at the same moment."))


def doubt_media_edit(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """R73, inside the transaction that changes the media: it waits for approval again where the site asks for that."""
    if not reads.reapproves_media_edits():
        return False
    about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    publication = publishing.after_media_edit(
        about.state,
        needs_approval=about.needs_approval,
        may_approve=access.permits(about, access.Action.APPROVE, now),
        is_asked_for=True,
    )
    if publication is None:
        return False
    found = reads.submission(recording_id)
    step = ApprovalStep.SUBMITTED
    if not writes.set_publication(
        recording_id, expected=found.publication, publication=publication, step=step, by=actor.account_id, now=now
    ):
        return False
    audit.record(
        actor,
        "recording:submit",
        target_kind="recording",
        target_id=recording_id,
        now=now,
        before={"publication": found.publication},
        after={"publication": publication},
        facts={"because": "its media were changed"},
    )
    _tell.tell_waiting(reads.submission(recording_id), now=now)
    return True
