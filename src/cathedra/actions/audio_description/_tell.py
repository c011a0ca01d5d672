"""Tell people that an audio description could not be used (N8), inside the transaction that leaves it out."""

from datetime import datetime

from cathedra.db.reads.audio_description import Facts
from cathedra.db.writes import notices
from cathedra.domain.encoding import Note
from cathedra.domain.notices import NoticeKind, Phrase


def left_out(facts: Facts, note: Note, *, now: datetime) -> None:
    """N8: the owner, and whoever added it (R59); once for each time that it is added."""
    described = facts.described
    if described is None:
        return
    to = [facts.owner_id, *([described.added_by] if described.added_by else [])]
    notices.add(
        NoticeKind.INPUT_DROPPED,
        event=f"description:{facts.recording_id}:{described.added_at.isoformat()}",
        to=list(dict.fromkeys(to)),
        values={
            "title": facts.title,
            "folder": facts.folder_name,
            "parts": (f"{described.original_name}:", Phrase(note.sentence, dict(note.values))),
        },
        link=f"/recordings/{facts.recording_id}/audio-description/",
        now=now,
    )
