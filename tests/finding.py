"""Recordings that are found by something, for tests."""

from datetime import datetime

from cathedra.actions import search as actions
from cathedra.db.models import CaptionTrack, Chapter, Note, Slide, Stream
from cathedra.db.reads import search as reads
from cathedra.domain import search
from cathedra.domain.terms import AccountId, RecordingId


def say(recording_id: RecordingId, *texts: str, now: datetime, language: str = "en") -> None:
    """Captions of two seconds each, and the document made anew."""
    cues = [[2000 * n, 2000 * n + 2000, text, []] for n, text in enumerate(texts)]
    CaptionTrack.objects.create(
        recording_id=recording_id, language=language, origin="AUTOMATIC", cues=cues, made_at=now, changed_at=now
    )
    index(recording_id, now=now)


def show(recording_id: RecordingId, *texts: str, now: datetime) -> None:
    """Slides of ten seconds each, their first line the title, a chapter at each."""
    stream = Stream.objects.filter(recording_id=recording_id).first()
    for n, text in enumerate(texts):
        title = text.partition("\n")[0]
        Slide.objects.create(
            recording_id=recording_id, stream=stream, position=n, start_ms=10_000 * n, end_ms=10_000 * n + 10_000,
            image=f"slide-{n}.jpg", text=text, title=title,
        )  # fmt: skip
        Chapter.objects.create(recording_id=recording_id, start_ms=10_000 * n, title=f"On {title}", origin="AUTOMATIC")
    index(recording_id, now=now)


def note(recording_id: RecordingId, by: AccountId, text: str, *, now: datetime, is_public: bool = False) -> None:
    """What somebody wrote at five seconds."""
    Note.objects.create(
        recording_id=recording_id,
        account_id=by,
        at_ms=5000,
        text=text,
        is_public=is_public,
        made_at=now,
        changed_at=now,
    )


def index(recording_id: RecordingId, *, now: datetime) -> None:
    assert actions.index_recording(recording_id, now=now, is_mending=True)


def found(viewer: AccountId | None, typed: str, *, now: datetime, **more: object) -> reads.Found:
    return reads.find(viewer, search.parse(typed), now=now, **more)


def titles(viewer: AccountId | None, typed: str, *, now: datetime, **more: object) -> list[str]:
    return [one.recording.title for one in found(viewer, typed, now=now, **more).results]
