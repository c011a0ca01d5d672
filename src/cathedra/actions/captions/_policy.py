"""Whether the viewers of a folder are shown automatic captions (R208)."""

from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.db.writes import audit
from cathedra.db.writes import captions as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Actor, Decision, FolderId, permit


def set_folder_captions(folder_id: FolderId, shows_automatic: bool | None, *, actor: Actor, now: datetime) -> Decision:
    """For who may edit the folder; None: as the folder above, or the site. They are made and found all the same. Raises
    FolderNotFound."""
    with transaction():
        facts = access_reads.folder_facts(actor.account_id, folder_id)
        decision = access.decide_folder(facts, Action.EDIT_FOLDER, now)
        if not decision.is_permitted:
            return decision
        before = reads.shown_in(folder_id).own
        if before == shows_automatic:
            return permit()
        writes.set_policy(folder_id, shows_automatic, by=actor.account_id, now=now)
        audit.record(
            actor,
            "folder:set_captions",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"shows_automatic": before},
            after={"shows_automatic": shows_automatic},
        )
    return permit()
