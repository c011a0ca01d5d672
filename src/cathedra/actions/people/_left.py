"""A folder is left without anybody who looks after it: the service is told (R40, ADR 34)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.db.reads import people as reads
from cathedra.db.writes import notices
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import PrincipalId


def tell_left(principals: Collection[PrincipalId], why: Phrase, *, now: datetime) -> dict[str, object]:
    """Once these Creators are gone: for each folder that has none any more, nor a contact, whoever may make one. Inside
    the caller's transaction, after the change; returns what belongs to the facts of its audit event."""
    left = reads.list_left(principals)
    for folder_id, name in left:
        notices.add(
            NoticeKind.FOLDER_LEFT,
            event=f"folder_left:{folder_id}:{now.isoformat()}",
            to=reads.list_holders(SystemRole.SERVICE_ADMIN),
            values={"folder": name, "why": why},
            link=f"/folders/{folder_id}/access/",
            now=now,
        )
    return {"folders_left": [str(folder_id) for folder_id, _ in left]} if left else {}
