"""Verbs of the library: name a recording, make somebody else its owner, make a folder."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants, metering
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as reads
from cathedra.db.reads import people
from cathedra.db.writes import audit, notices
from cathedra.db.writes import library as writes
from cathedra.db.writes import search as search_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, Successor
from cathedra.domain.library import TAGS_LIMIT, clean_description, clean_name, clean_tags
from cathedra.domain.metering import Cause
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import (
    AccountId,
    AccountNotFound,
    Actor,
    Code,
    Decision,
    FolderId,
    RecordingId,
    RecordingNotFound,
    deny,
    permit,
)
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class FolderOutcome:
    """What came of making a folder: the decision, and the folder when there is one."""

    decision: Decision
    folder_id: FolderId | None = None


def do_to_each(
    recording_ids: Iterable[RecordingId], verb: Callable[[RecordingId], Decision]
) -> dict[RecordingId, Decision]:
    """The same verb for several recordings, each judged by itself and in a transaction of its own: what is refused to one
    stops no other. What is not there is left out."""
    decisions = {}
    for recording_id in dict.fromkeys(recording_ids):
        with suppress(RecordingNotFound):
            decisions[recording_id] = verb(recording_id)
    return decisions


def edit_recording(
    recording_id: RecordingId,
    *,
    title: str | None = None,
    description: str | None = None,
    tags: Sequence[str] | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Change what a recording is called and found by (matrix row 6); what is None stays. CONFLICT if it changed since `version`.

    Raises RecordingNotFound.
    """
    named = None if title is None else clean_name(title)
    told = None if description is None else clean_description(description)
    labels = None if tags is None else list(clean_tags(tags))
    if labels is not None and len(labels) > TAGS_LIMIT:
        return deny(Code.BAD_REQUEST, "R5", _("Give at most {most} tags."), most=str(TAGS_LIMIT))
    if named == "":
        return deny(Code.BAD_REQUEST, "R5", _("Give the recording a title."))
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, access.Action.EDIT_RECORDING, now)
        if not decision.is_permitted:
            return decision
        before = reads.details_of(recording_id)
        if not writes.set_details(recording_id, title=named, description=told, tags=labels, version=version, now=now):
            return deny(
                Code.CONFLICT,
                "R53",
                _(
                    "Somebody else changed this recording while you were writing. Look at their change, then save again."
                ),
            )
        given = (("title", named), ("description", told), ("tags", labels))
        after = {key: value for key, value in given if value is not None and value != before[key]}
        if after:
            search_writes.touch(recording_id)
        audit.record(
            actor,
            "recording:edit",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts=grants.note_edit(recording_id, facts, access.Action.EDIT_RECORDING, now=now),
            before={key: before[key] for key in after},
            after=after,
        )
    return permit()


def change_owner(recording_id: RecordingId, to: AccountId, *, actor: Actor, now: datetime) -> Decision:
    """R219: its folder, its address and who else sees it stay as they are; the hours follow to the new owner's
    department where the folder is personal (R110). Whose it is already: nothing happens (R53). Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        may = access.decide(facts, Action.CHANGE_OWNER, now)
        if not may.is_permitted:
            return may
        found = reads.get_metadata(recording_id)
        if found.owner_id == to:
            return may
        try:
            person = people.account_facts(to, lock=True)
        except AccountNotFound:
            return deny(Code.BAD_REQUEST, "R219", _("There is nobody of that account."))
        decision = access.decide_owner(facts, _successor(person, found, actor), now)
        if not decision.is_permitted:
            return decision
        return hand_on(found, person, actor=actor, now=now)


def hand_on(found: reads.Metadata, person: people.AccountFacts, *, actor: Actor, now: datetime) -> Decision:
    """In the caller's transaction, which has asked whether the actor may: it is theirs from now on, and both are told
    (N36). CONFLICT when it changed hands meanwhile."""
    if not writes.set_owner(found.id, expected=found.owner_id, to=person.id, now=now):
        return deny(Code.CONFLICT, "R53", _("Somebody else changed the owner at the same moment. Look again."))
    metering.settle([found.id], cause=Cause.OWNER_CHANGED, now=now)
    audit.record(
        actor,
        Action.CHANGE_OWNER.value,
        target_kind="recording",
        target_id=found.id,
        now=now,
        before={"owner_id": str(found.owner_id)},
        after={"owner_id": str(person.id)},
    )
    _tell(found, person, actor, now)
    return permit()


def _successor(person: people.AccountFacts, found: reads.Metadata, actor: Actor) -> Successor:
    return Successor(
        name=person.details.full_name,
        is_person=person.is_active and person.details.affiliation is not Affiliation.SERVICE_ACCOUNT,
        is_creator=FolderRole.CREATOR in access_reads.roles_on(person.id, found.folder_id),
        is_owner=person.id == found.owner_id,
        is_actor=person.id == actor.account_id,
    )


def _tell(found: reads.Metadata, person: people.AccountFacts, actor: Actor, now: datetime) -> None:
    """N36: both sides, whoever did it."""
    by = people.get_person(actor.account_id).full_name if actor.account_id else "Cathedra"
    notices.add(
        NoticeKind.OWNER_CHANGED,
        event=f"owner:{found.id}:{now.isoformat()}",
        to=(found.owner_id, person.id),
        values={
            "title": found.title,
            "folder": found.folder_name,
            "who": by,
            "old": found.owner_name,
            "new": person.details.full_name,
        },
        link=f"/recordings/{found.id}/",
        now=now,
    )


def make_subfolder(parent_id: FolderId, *, name: str, actor: Actor, now: datetime) -> FolderOutcome:
    """A folder inside a folder; it inherits who can see it (R28). Raises FolderNotFound."""
    named = clean_name(name)
    if not named:
        return FolderOutcome(deny(Code.BAD_REQUEST, "R4", _("Give the folder a name.")))
    with transaction():
        facts = access_reads.folder_facts(actor.account_id, parent_id, lock=True)
        decision = access.decide_folder(facts, access.Action.CREATE_FOLDER, now)
        if not decision.is_permitted:
            return FolderOutcome(decision)
        if reads.is_name_taken(parent_id, named):
            taken = deny(
                Code.CONFLICT,
                "R4",
                _("This folder already holds a folder called “{name}”. Choose another name."),
                name=named,
            )
            return FolderOutcome(taken)
        kind = reads.kind_for_subfolder(parent_id)
        made = writes.add_folder(named, kind=kind, parent_id=parent_id, now=now)
        audit.record(
            actor, "folder:create", target_kind="folder", target_id=made, now=now, facts={"name": named, "kind": kind}
        )
    return FolderOutcome(permit(), made)
