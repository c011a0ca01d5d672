"""The words of a course that the engine is told to expect (R209)."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.db.writes import audit
from cathedra.db.writes import captions as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import clean_glossary
from cathedra.domain.terms import Actor, Code, Decision, FolderId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def save_glossary(folder_id: FolderId, *, words: Iterable[str], actor: Actor, now: datetime) -> Decision:
    """Replace the glossary of a folder's course: for who may edit the folder. It counts from the next time that the
    engine listens. Raises FolderNotFound."""
    tidy = clean_glossary(words)
    with transaction():
        facts = access_reads.folder_facts(actor.account_id, folder_id)
        decision = access.decide_folder(facts, Action.EDIT_FOLDER, now)
        if not decision.is_permitted:
            return decision
        found = reads.course_words(folder_id)
        if found.course_id is None:
            return deny(
                Code.BAD_REQUEST,
                "R209",
                _("This folder belongs to no course, and words to expect are kept with a course."),
            )
        if tidy == found.words:
            return permit()
        writes.set_glossary(found.course_id, tidy, by=actor.account_id, now=now)
        audit.record(
            actor,
            "glossary:edit",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"words": list(found.words)},
            after={"words": list(tidy)},
        )
    return permit()
