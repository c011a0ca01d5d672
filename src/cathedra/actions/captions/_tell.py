"""Tell people what came of listening (N29), inside the transaction that puts it away."""

from datetime import datetime
from uuid import UUID

from cathedra.db.reads import captions as reads
from cathedra.db.writes import notices
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.terms import AccountId, RecordingId
from cathedra.domain.terms import gettext_noop as _

_AGAIN = _("something went wrong, and trying again did not help.")


def ready(recording_id: RecordingId, *, asked_by: AccountId | None, attempt: UUID, now: datetime) -> None:
    """Whoever asked, and nobody when it was a recording's turn: that it is ready was told already (N6)."""
    if asked_by is not None:
        _tell(NoticeKind.CAPTIONS_READY, recording_id, [asked_by], attempt, now)


def failed(recording_id: RecordingId, *, asked_by: AccountId | None, attempt: UUID, now: datetime) -> None:
    """Whoever asked, and its owner."""
    to = [reads.about(recording_id).owner_id, *([asked_by] if asked_by else [])]
    _tell(NoticeKind.CAPTIONS_FAILED, recording_id, to, attempt, now, problem=Phrase(_AGAIN))


def _tell(
    kind: NoticeKind, recording_id: RecordingId, to: list[AccountId], attempt: UUID, now: datetime, **more: Phrase
) -> None:
    about = reads.about(recording_id)
    notices.add(
        kind,
        event=f"captions:{recording_id}:{attempt}",
        to=list(dict.fromkeys(to)),
        values={"title": about.title, "folder": about.folder_name, **more},
        link=f"/recordings/{recording_id}/captions/",
        now=now,
    )
