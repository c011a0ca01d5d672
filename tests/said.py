"""What is said and shown in a lecture of a minute, as the analyses leave it, for tests that do not care how."""

from datetime import datetime

from django.db.models import F, Q

from cathedra.db.models import Analysis, CaptionTrack, Chapter, Edit, Recording, Slide, Stream
from cathedra.domain.terms import RecordingId


def say(recording_id: RecordingId, *, now: datetime) -> None:
    """English captions by the engine, German ones by a person, two chapters, two slides."""
    cues = [
        [0, 4000, "Good morning.", []],
        [5000, 9000, "Take this box.", []],
        [30_000, 34_000, "And now <b>ice</b>.", []],
    ]
    tracks = [("en", "AUTOMATIC", True, cues), ("de", "UPLOADED", False, [[0, 4000, "Guten Morgen.", []]])]
    for language, origin, is_spoken, said in tracks:
        CaptionTrack.objects.create(
            recording_id=recording_id, language=language, origin=origin, is_spoken=is_spoken, cues=said, made_at=now,
            changed_at=now,
        )  # fmt: skip
    stream = Stream.objects.filter(recording_id=recording_id).first()
    for place, (start, title) in enumerate(((0, "Gases"), (30_000, "Ice & water"))):
        Chapter.objects.create(recording_id=recording_id, start_ms=start, title=title, origin="AUTOMATIC")
        Slide.objects.create(
            recording_id=recording_id, stream=stream, position=place, start_ms=start, end_ms=start + 30_000,
            image=f"slide-{place}.jpg", text=f"{title}\nwith words", title=title,
        )  # fmt: skip
    Analysis.objects.create(recording_id=recording_id, kind="SPEECH", state="DONE", changed_at=now)


def cut(recording_id: RecordingId, *cuts: tuple[int, int], version: int = 1, now: datetime) -> None:
    """Viewers have it, and its copies by reference, without these."""
    Edit.objects.create(
        recording_id=recording_id, version=version, cuts=[list(each) for each in cuts], made_at=now, shown_at=now
    )
    left = F("duration_ms") - sum(end - start for start, end in cuts)
    Recording.objects.filter(Q(id=recording_id) | Q(reference_of_id=recording_id)).update(edited_ms=left)
