"""Switch approval on and off for a folder (R69, R70)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants
from cathedra.actions.publishing import _tell
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes import publishing as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, publishing
from cathedra.domain.notices import NoticeKind
from cathedra.domain.publishing import PUBLISHED, WAITING, ApprovalStep, SwitchFacts, SwitchOutcome
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, RecordingId

_MOST_TITLES = 10


@dataclass(frozen=True, slots=True)
class SwitchPreview:
    """What a switch would do, before anybody decides: `standing` counts what would disappear or appear. `may_switch`
    is the decision on the other position than the present one. `own_left` of those that are published are theirs, and
    disappear even when they approve the others in the same step: the site lets nobody approve their own (R66)."""

    may_switch: Decision
    may_approve_existing: bool
    has_publisher: bool
    standing: reads.FolderApproval | None = None
    own_left: int = 0


@dataclass(frozen=True, slots=True)
class SwitchResult:
    """What came of it: how many wait now, how many are published now, by this switch."""

    decision: Decision
    is_changed: bool = False
    now_waiting: int = 0
    now_published: int = 0
    touched: tuple[RecordingId, ...] = ()


def preview_switch(folder_id: FolderId, *, actor: Actor, now: datetime) -> SwitchPreview:
    """Changes nothing. Raises FolderNotFound."""
    standing, facts = _facts(folder_id, actor, now)
    outcome = _outcome(facts, is_on=not facts.is_on, approve_existing=False)
    is_told = facts.may_set.is_permitted or facts.may_approve
    return SwitchPreview(
        outcome.decision,
        facts.may_approve,
        reads.approvers(folder_id).are_publishers,
        standing if is_told else None,
        0 if reads.may_approve_own() else reads.count_own_published(folder_id, actor.account_id),
    )


def switch_approval(
    folder_id: FolderId, *, is_on: bool, approve_existing: bool = False, actor: Actor, now: datetime
) -> SwitchResult:
    """T25, T26: on, and what is published waits, or is approved in the same step by a Publisher; off, and what waits is
    published, what was rejected is not. Folders below that have access of their own are not touched. Raises
    FolderNotFound."""
    with transaction():
        access_reads.hold_reached(folder_id)  # what becomes ready there at the same moment is judged before, or after
        about = access_reads.folder_facts(actor.account_id, folder_id)
        _standing, facts = _facts(folder_id, actor, now)
        outcome = _outcome(facts, is_on=is_on, approve_existing=approve_existing)
        if not outcome.is_changed:
            return SwitchResult(outcome.decision)
        switch = _on if is_on else _off
        result = switch(folder_id, outcome, actor, now)
        audit.record(
            actor,
            "folder:switch_approval_on" if is_on else "folder:switch_approval_off",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            facts={
                "recordings": result.now_waiting if is_on else result.now_published,
                "approved_at_once": outcome.publishes_existing,
                **grants.note_folder_edit(about, access.Action.SET_AVAILABILITY, touched=result.touched, now=now),
            },
        )
    return result


def _facts(folder_id: FolderId, actor: Actor, now: datetime) -> tuple[reads.FolderApproval, SwitchFacts]:
    about = access_reads.folder_facts(actor.account_id, folder_id)
    standing = reads.folder_approval(folder_id)
    return standing, SwitchFacts(
        is_on=standing.is_on,
        may_set=access.decide_folder(about, access.Action.SET_AVAILABILITY, now),
        may_approve=access.permits(about, access.Action.APPROVE, now),
        is_creator=access.FolderRole.CREATOR in about.roles,
        has_publisher=reads.approvers(folder_id).are_publishers,
        is_from_above=standing.is_from_above,
        is_own_waiting=not reads.may_approve_own() and reads.has_own_waiting(folder_id, actor.account_id),
    )


def _outcome(facts: SwitchFacts, *, is_on: bool, approve_existing: bool) -> SwitchOutcome:
    return publishing.switch_on(facts, approve_existing=approve_existing) if is_on else publishing.switch_off(facts)


def _on(folder_id: FolderId, outcome: SwitchOutcome, actor: Actor, now: datetime) -> SwitchResult:
    own = None if reads.may_approve_own() else actor.account_id
    folders = reads.followers_of(folder_id)
    left: tuple[RecordingId, ...] = ()
    if outcome.publishes_existing:
        step = ApprovalStep.APPROVED
        left = writes.advance_all(
            folders, source=PUBLISHED, publication=PUBLISHED, step=step, by=actor.account_id, but_not_of=own, now=now
        )
    writes.set_approval(folder_id, is_on=True)
    waiting = _submit(folder_id, folders, left, actor, now)
    return SwitchResult(
        outcome.decision,
        is_changed=True,
        now_waiting=len(waiting),
        now_published=len(left),
        touched=(*waiting, *left),
    )


def follow_above(folder_id: FolderId, folder_ids: Collection[FolderId], *, actor: Actor, now: datetime) -> int:
    """T25, inside the transaction in which a folder, and these with it, came to follow one with approval: what is
    published in them waits. Returns how many."""
    return len(_submit(folder_id, folder_ids, (), actor, now))


def _submit(
    folder_id: FolderId,
    folder_ids: Collection[FolderId],
    left: tuple[RecordingId, ...],
    actor: Actor,
    now: datetime,
) -> tuple[RecordingId, ...]:
    waiting = writes.advance_all(
        folder_ids,
        source=PUBLISHED,
        publication=WAITING,
        step=ApprovalStep.SUBMITTED,
        by=actor.account_id,
        but_not=left,
        now=now,
    )
    _record_each(waiting, "recording:submit", PUBLISHED, WAITING, actor, now)
    if waiting:
        notices.add(  # R69: one for each Publisher, however many wait
            NoticeKind.WAITING_IN_FOLDER,
            event=f"switched_on:{folder_id}:{now.isoformat()}",
            to=reads.approvers(folder_id).account_ids,
            values={
                "folder": reads.folder_approval(folder_id).name,
                "who": _tell.name_of(actor),
                "count": str(len(waiting)),
            },
            link=_tell.QUEUE,
            now=now,
        )
    return waiting


def _off(folder_id: FolderId, outcome: SwitchOutcome, actor: Actor, now: datetime) -> SwitchResult:
    published = writes.advance_all(
        reads.followers_of(folder_id),
        source=WAITING,
        publication=PUBLISHED,
        step=ApprovalStep.APPROVED,
        by=actor.account_id,
        now=now,
    )
    writes.set_approval(folder_id, is_on=False)
    _record_each(published, "recording:approve", WAITING, PUBLISHED, actor, now)
    _tell_owners(folder_id, published, actor, now)
    return SwitchResult(outcome.decision, is_changed=True, now_published=len(published), touched=published)


def _record_each(ids: tuple[RecordingId, ...], verb: str, before: str, after: str, actor: Actor, now: datetime) -> None:
    for recording_id in ids:
        audit.record(
            actor,
            verb,
            target_kind="recording",
            target_id=recording_id,
            now=now,
            before={"publication": before},
            after={"publication": after},
        )


def _tell_owners(folder_id: FolderId, published: tuple[RecordingId, ...], actor: Actor, now: datetime) -> None:
    """N11, one digest for each person (T26)."""
    titles: dict[AccountId, list[str]] = defaultdict(list)
    for found in reads.list_submissions(published):
        for account_id in found.told - {actor.account_id}:
            titles[account_id].append(found.title)
    name = reads.folder_approval(folder_id).name
    for account_id, named in titles.items():
        listed = ", ".join(named[:_MOST_TITLES]) + (" …" if len(named) > _MOST_TITLES else "")
        notices.add(
            NoticeKind.APPROVED_IN_FOLDER,
            event=f"switched_off:{folder_id}:{now.isoformat()}",
            to=[account_id],
            values={"folder": name, "who": _tell.name_of(actor), "count": str(len(named)), "titles": listed},
            link=f"/folders/{folder_id}/",
            now=now,
        )
