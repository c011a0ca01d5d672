"""Which assignment folders take work that counts for a mark, and is kept longer for that (R129)."""

from datetime import datetime

from django.utils.timezone import localtime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Actor, Code, Decision, FolderId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def set_summative(folder_id: FolderId, is_summative: bool, *, actor: Actor, now: datetime) -> Decision:
    """Say whether what is handed in here counts for a mark; what is here already is kept by that too,
    and until its time is over nobody says that it does not count. For those who set
    the folder up (EDIT_FOLDER). Raises FolderNotFound."""
    with transaction():
        before = reads.get_summative(folder_id, lock=True)
        decision = access.decide_folder(access_reads.folder_facts(actor.account_id, folder_id), Action.EDIT_FOLDER, now)
        if not decision.is_permitted or before == is_summative:
            return decision
        if before is None:
            return deny(Code.ILLEGAL_TRANSITION, "R129", _("Nothing is handed in here: this is no assignment folder."))
        until = reads.find_kept_until(folder_id) if before else None
        if until is not None and until > now:
            return deny(
                Code.ILLEGAL_TRANSITION,
                "R129",
                _(
                    "Work that counts for a mark was handed in here and is kept until {day}. This stays a folder for such"
                    " work until then."
                ),
                day=str(localtime(until).date()),
            )
        writes.set_summative(folder_id, is_summative)
        audit.record(
            actor,
            "folder:set_summative",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"is_summative": before},
            after={"is_summative": is_summative},
        )
    return permit()
