"""A recording is imported: for whom, and where it lies until they keep it (R93)."""

from dataclasses import replace
from datetime import datetime

from cathedra.actions.ingest._wish import Wish
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import people
from cathedra.domain import access, ingest
from cathedra.domain.access import Action
from cathedra.domain.ingest import BringFacts
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId


def addressed(wish: Wish, *, actor: Actor, now: datetime) -> Wish | Decision:
    """The wish with its owner and the owner's own folder: nobody shares that (R34), and they may move it when it is
    kept. Without a name, whoever brings it is the owner."""
    owner = people.find_account_by_login(wish.owner.replace("\0", "")) if wish.owner else actor.account_id
    folder = _own_folder(owner, now) if owner else None
    facts = BringFacts(
        is_signed_in=actor.account_id is not None,
        is_own=not wish.owner or owner == actor.account_id,
        is_program=actor.account_id is not None and reads.is_program(actor.account_id),
        has_place=folder is not None,
        names_folder=wish.folder_id is not None or wish.recording_id is not None,
        is_declared=wish.use is not None,
    )
    decision = ingest.decide_bring(facts)
    return replace(wish, owner_id=owner, folder_id=folder) if decision.is_permitted else decision


def _own_folder(owner: AccountId, now: datetime) -> FolderId | None:
    folder_id = people.find_personal_folder(owner)
    if folder_id is None or not reads.is_open_account(owner):
        return None
    facts = replace(access_reads.folder_facts(owner, folder_id), is_gated=False)  # the gate is for when they come
    return folder_id if access.decide_folder(facts, Action.CREATE_RECORDING, now).is_permitted else None
