"""Tell people what became of a source (N6, N7, N8), inside the transaction that puts it away."""

from collections.abc import Sequence
from datetime import datetime

from cathedra.db.reads import encoding as reads
from cathedra.db.reads import people
from cathedra.db.writes import notices as writes
from cathedra.domain.encoding import Note
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor
from cathedra.domain.terms import gettext_noop as _

_REPLACED = _(
    "{who} sent another file in the place of {file}, which could not be used. The new one is being prepared now, and the "
    "old one is kept until it plays."
)


def ready(facts: reads.SourceFacts, *, now: datetime) -> None:
    """N6: the recording plays, for its audience too."""
    writes.add(
        NoticeKind.RECORDING_READY,
        event=f"source:{facts.id}",
        to=[facts.owner_id],
        values={"title": facts.title, "folder": facts.folder_name},
        link=_link(facts),
        now=now,
    )


def failed(facts: reads.SourceFacts, note: Note, *, is_ours: bool, now: datetime) -> None:
    """N7: nothing of it plays. The owner hears why; the service too when trying again did not help (`is_ours`)."""
    service = people.list_holders(SystemRole.SERVICE_ADMIN) if is_ours else ()
    writes.add(
        NoticeKind.PROCESSING_FAILED,
        event=f"source:{facts.id}:{now.isoformat()}",  # it may fail again when it is processed again (T18)
        to=[facts.owner_id, *service],
        values={
            "title": facts.title,
            "folder": facts.folder_name,
            "owner": facts.owner_name,
            "problem": Phrase(note.sentence, note.values),
        },
        link=_link(facts),
        now=now,
    )


def replaced(facts: reads.SourceFacts, *, actor: Actor, now: datetime) -> None:
    """T18: somebody else sent another file in its place; told as what failed is (N7), for it does not play yet."""
    if actor.account_id == facts.owner_id:
        return
    who = people.get_person(actor.account_id).full_name if actor.account_id else "Cathedra"
    writes.add(
        NoticeKind.PROCESSING_FAILED,
        event=f"replaced:{facts.id}:{now.isoformat()}",
        to=[facts.owner_id],
        values={
            "title": facts.title,
            "folder": facts.folder_name,
            "owner": facts.owner_name,
            "problem": Phrase(_REPLACED, {"who": who, "file": facts.original_name}),
        },
        link=_link(facts),
        now=now,
    )


def dropped(facts: reads.SourceFacts, notes: Sequence[Note], *, step: str, now: datetime) -> None:
    """N8: it plays, but something was left out (R59). Once for what is found at one step."""
    if not notes:
        return
    told = tuple(Phrase(note.sentence, note.values) for note in notes)
    writes.add(
        NoticeKind.INPUT_DROPPED,
        event=f"source:{facts.id}:{step}",
        to=[facts.owner_id],
        values={
            "title": facts.title,
            "folder": facts.folder_name,
            "parts": (f"{facts.original_name}:", *told) if facts.original_name else told,
        },
        link=_link(facts),
        now=now,
    )


def _link(facts: reads.SourceFacts) -> str:
    return f"/recordings/{facts.recording_id}/"
