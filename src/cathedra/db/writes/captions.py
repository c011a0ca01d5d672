"""Put captions away, and how far the listening is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F, QuerySet

from cathedra.db.models import Analysis, CaptionPolicy, CaptionTrack, Glossary
from cathedra.domain.library import AnalysisKind, AnalysisState, CaptionOrigin, Cue
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def await_listening(recording_id: RecordingId, *, now: datetime) -> None:
    """The engine shall listen, or listen again; whoever does so now has lost it."""
    Analysis.objects.update_or_create(
        recording_id=recording_id,
        kind=AnalysisKind.SPEECH,
        defaults={"state": AnalysisState.WAITING, "percent": None, "problem": "", "attempt": None, "changed_at": now},
    )


def begin_listening(recording_id: RecordingId, *, attempt: UUID, now: datetime) -> None:
    """This attempt listens now, from the beginning; an earlier one has lost it."""
    begun = {"state": AnalysisState.RUNNING, "percent": 0, "problem": "", "attempt": attempt, "changed_at": now}
    Analysis.objects.update_or_create(recording_id=recording_id, kind=AnalysisKind.SPEECH, defaults=begun)


def set_listening_percent(recording_id: RecordingId, *, attempt: UUID, percent: int) -> bool:
    """Progress for people. False when the attempt no longer holds."""
    return bool(_held(recording_id, attempt).update(percent=percent))


def end_listening(
    recording_id: RecordingId,
    *,
    attempt: UUID,
    state: AnalysisState,
    engine: str = "",
    problem: str = "",
    now: datetime,
) -> bool:
    """What came of it. False when the attempt no longer holds."""
    changes = {"state": state, "percent": None, "engine": engine, "problem": problem, "attempt": None}
    return bool(_held(recording_id, attempt).update(**changes, changed_at=now))


def _held(recording_id: RecordingId, attempt: UUID) -> QuerySet[Analysis]:
    return Analysis.objects.filter(recording_id=recording_id, kind=AnalysisKind.SPEECH, attempt=attempt)


def set_track(
    recording_id: RecordingId,
    language: str,
    *,
    cues: Sequence[Cue],
    origin: CaptionOrigin,
    expected: int,
    is_spoken: bool,
    engine: str = "",
    by: AccountId | None = None,
    now: datetime,
) -> bool:
    """The captions of a language as a whole. `expected` is the version that is replaced, 0 for none: False when it is
    another one now."""
    changes = {
        "cues": [_packed(cue) for cue in cues],
        "origin": origin,
        "is_spoken": is_spoken,
        "engine": engine,
        "changed_at": now,
        "changed_by_id": by,
    }
    if expected:
        rows = CaptionTrack.objects.filter(recording_id=recording_id, language=language, version=expected)
        return bool(rows.update(**changes, version=F("version") + 1))
    new = CaptionTrack(recording_id=recording_id, language=language, made_at=now, **changes)
    return bool(CaptionTrack.objects.bulk_create([new], ignore_conflicts=True)) and _is_there(new.id)


def _is_there(track_id: UUID) -> bool:
    return CaptionTrack.objects.filter(id=track_id).exists()


def _packed(cue: Cue) -> list[object]:
    words = [[word.start_ms, word.end_ms, word.text, word.confidence] for word in cue.words]
    return [cue.start_ms, cue.end_ms, cue.text, words]


def delete_track(recording_id: RecordingId, language: str, *, expected: int) -> bool:
    """The captions of a language go. False when they are of another version now."""
    rows = CaptionTrack.objects.filter(recording_id=recording_id, language=language, version=expected)
    return bool(rows.delete()[0])


def copy_tracks(original_id: RecordingId, copy_id: RecordingId, *, now: datetime) -> bool:
    """R200: a full copy begins with the captions of its original, and is not listened to again. False when there are
    none."""
    ended = (AnalysisState.DONE, AnalysisState.NOTHING)
    tracks = list(CaptionTrack.objects.filter(recording_id=original_id))
    heard = list(Analysis.objects.filter(recording_id=original_id, kind=AnalysisKind.SPEECH, state__in=ended))
    rows: list[CaptionTrack | Analysis] = [*tracks, *heard]
    for row in rows:
        row.id, row.recording_id, row.changed_at = uuid4(), copy_id, now
        row.save(force_insert=True)
    return bool(tracks)


def set_glossary(course_id: UUID, words: Sequence[str], *, by: AccountId | None, now: datetime) -> None:
    """The words of a course (R209)."""
    changes = {"words": list(words), "changed_at": now, "changed_by_id": by}
    Glossary.objects.update_or_create(course_id=course_id, defaults=changes)


def set_policy(folder_id: FolderId, shows_automatic: bool | None, *, by: AccountId | None, now: datetime) -> None:
    """What a folder says of automatic captions; None: nothing (R208)."""
    if shows_automatic is None:
        CaptionPolicy.objects.filter(folder_id=folder_id).delete()
        return
    changes = {"shows_automatic": shows_automatic, "changed_at": now, "changed_by_id": by}
    CaptionPolicy.objects.update_or_create(folder_id=folder_id, defaults=changes)
