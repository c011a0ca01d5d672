"""Put away what processing found and made. Results count only while the attempt that brings them still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from cathedra.db.models import Folder, Kept, Recording, Rendition, Source, Stream
from cathedra.domain.encoding import SET_ASIDE, Note, Probe, RenditionKind, StreamRole, probe_to_json
from cathedra.domain.library import MediaState, Publication
from cathedra.domain.terms import RecordingId, SourceId

_APART = 2  # where a file is put while two change places


@dataclass(frozen=True, slots=True)
class NewRendition:
    """A rendition whose bytes are in place."""

    name: str
    kind: RenditionKind
    is_copy: bool
    codecs: str
    peak_bps: int
    average_bps: int
    size_bytes: int
    duration_ms: int
    width: int | None = None
    height: int | None = None
    frame_rate: float | None = None


@dataclass(frozen=True, slots=True)
class NewStream:
    """A picture or sound with its first rendition."""

    role: StreamRole
    source_index: int
    duration_ms: int
    rendition: NewRendition
    language: str = ""
    label: str = ""
    is_screen: bool = False
    width: int | None = None
    height: int | None = None
    frame_rate: float | None = None


def claim_attempt(source_id: SourceId, *, expected: UUID | None, attempt: UUID) -> bool:
    """Take the processing of a source over. False when somebody else did in between, or it was set aside."""
    rows = Source.objects.filter(id=source_id, attempt=expected, position__lt=SET_ASIDE)
    return bool(rows.update(attempt=attempt))


def release_attempt(source_id: SourceId, *, attempt: UUID) -> bool:
    """Nobody works on the source now. False when the attempt no longer held."""
    return bool(Source.objects.filter(id=source_id, attempt=attempt).update(attempt=None))


def set_stage(source_id: SourceId, *, attempt: UUID, stage: str, percent: int, estimate_s: int | None) -> bool:
    """Progress for people. False when the attempt no longer holds."""
    rows = _recording_of(source_id, attempt)
    return bool(rows.update(stage=stage, stage_percent=percent, stage_estimate_s=estimate_s))


def begin_stage(source_id: SourceId, *, attempt: UUID, stage: str, now: datetime) -> bool:
    """A new stage, at nothing. False when the attempt no longer holds."""
    rows = _recording_of(source_id, attempt)
    return bool(rows.update(stage=stage, stage_percent=0, stage_estimate_s=None, stage_started_at=now))


def end_stages(source_id: SourceId, *, attempt: UUID, now: datetime) -> bool:
    """Nothing is being done for this source any more. False when the attempt no longer holds."""
    rows = _recording_of(source_id, attempt)
    return bool(rows.update(stage="", stage_percent=None, stage_estimate_s=None, stage_started_at=None, updated_at=now))


def _recording_of(source_id: SourceId, attempt: UUID) -> QuerySet[Recording]:
    holding = Source.objects.filter(id=source_id, attempt=attempt).values("recording_id")
    return Recording.objects.filter(id__in=holding)


def set_probe(source_id: SourceId, probe: Probe) -> None:
    """Keep what was found in the file."""
    Source.objects.filter(id=source_id).update(probe=probe_to_json(probe))


def set_problem(source_id: SourceId, note: Note) -> None:
    """The file cannot be used; the sentence is for the owner."""
    Source.objects.filter(id=source_id).update(problem=note.sentence, problem_values=dict(note.values))


def add_dropped(recording_id: RecordingId, notes: Iterable[Note], *, name: str, now: datetime) -> None:
    """Inputs left out, with the sentence why and the file's name (R59). The row is locked by the caller."""
    fresh = [{"name": name, "sentence": note.sentence, "values": dict(note.values)} for note in notes]
    row = Recording.objects.get(id=recording_id)
    missing = [one for one in fresh if one not in row.dropped]
    if missing:
        Recording.objects.filter(id=recording_id).update(dropped=[*row.dropped, *missing], updated_at=now)


def add_streams(recording_id: RecordingId, source_id: SourceId, streams: Iterable[NewStream], *, now: datetime) -> None:
    """Streams with their first renditions."""
    for new in streams:
        row = Stream.objects.create(
            recording_id=recording_id,
            source_id=source_id,
            role=new.role,
            source_index=new.source_index,
            language=new.language,
            label=new.label,
            is_screen=new.is_screen,
            duration_ms=new.duration_ms,
            width=new.width,
            height=new.height,
            frame_rate=new.frame_rate,
        )
        _add_rendition(recording_id, row.id, new.rendition, now)


def add_renditions(
    recording_id: RecordingId, source_id: SourceId, renditions: Iterable[NewRendition], *, now: datetime
) -> None:
    """More renditions of the source's picture."""
    new_ones = list(renditions)
    if new_ones:
        stream = Stream.objects.exclude(role=StreamRole.AUDIO).get(source_id=source_id)
        for new in new_ones:
            _add_rendition(recording_id, stream.id, new, now)


def _add_rendition(recording_id: RecordingId, stream_id: UUID, new: NewRendition, now: datetime) -> None:
    Rendition.objects.create(
        recording_id=recording_id,
        stream_id=stream_id,
        kind=new.kind,
        name=new.name,
        is_copy=new.is_copy,
        width=new.width,
        height=new.height,
        frame_rate=new.frame_rate,
        codecs=new.codecs,
        peak_bps=new.peak_bps,
        average_bps=new.average_bps,
        size_bytes=new.size_bytes,
        duration_ms=new.duration_ms,
        created_at=now,
    )


def make_ready(
    recording_id: RecordingId, *, duration_ms: int, publication: str = Publication.PUBLISHED, now: datetime
) -> bool:
    """T14 to T16: the media may be played, and stand as was decided. False unless it was being prepared."""
    rows = Recording.objects.filter(id=recording_id, media_state=MediaState.PREPARING)
    is_changed = bool(
        rows.update(
            media_state=MediaState.READY,
            publication=publication,
            duration_ms=duration_ms,
            ready_at=now,
            updated_at=now,
            version=F("version") + 1,
        )
    )
    if is_changed and publication == Publication.PUBLISHED:
        made = Recording.objects.values_list("folder_id", "created_at").get(id=recording_id)
        newer = Q(newest_at__isnull=True) | Q(newest_at__lt=made[1])
        Folder.objects.filter(newer, id=made[0]).update(newest_at=made[1])
    return is_changed


def fail(recording_id: RecordingId, note: Note, *, now: datetime) -> bool:
    """T17: nothing of it can be played. False unless it was received, in which case it was picked up first (T13), or being
    prepared."""
    received = Recording.objects.filter(id=recording_id, media_state=MediaState.RECEIVED)
    received.update(media_state=MediaState.PREPARING)
    rows = Recording.objects.filter(id=recording_id, media_state=MediaState.PREPARING)
    return bool(
        rows.update(
            media_state=MediaState.FAILED,
            failure=note.sentence,
            failure_values=dict(note.values),
            updated_at=now,
            version=F("version") + 1,
        )
    )


def take_first_place(recording_id: RecordingId, source_id: SourceId, *, now: datetime) -> None:
    """The second file becomes the first, to be looked at anew, and the first the second (R59); the recording is being
    prepared. Whatever was made of the file as the second is forgotten."""
    files = Source.objects.filter(recording_id=recording_id)
    files.filter(position=0).update(position=_APART)
    files.filter(id=source_id).update(position=0, probe=None, attempt=None, encoded_at=None)
    files.filter(position=_APART).update(position=1)
    Stream.objects.filter(source_id=source_id).delete()
    begin_again(recording_id, now=now)


def begin_again(recording_id: RecordingId, *, now: datetime) -> bool:
    """T13, T18: it is being prepared, and has not failed. False when it stood elsewhere."""
    rows = Recording.objects.filter(id=recording_id, media_state__in=(MediaState.RECEIVED, MediaState.FAILED))
    changes = {"media_state": MediaState.PREPARING, "failure": "", "failure_values": {}}
    return bool(rows.update(**changes, updated_at=now, version=F("version") + 1))


def start_over(recording_id: RecordingId, *, now: datetime) -> list[SourceId]:
    """T18: its files are as they were received, and nothing was made or found out of them. Returns them, the first file
    first; none unless it had failed. Those that were set aside stay there."""
    if not _leave_failed(recording_id, now=now):
        return []
    files = Source.objects.filter(recording_id=recording_id, position__lt=SET_ASIDE)
    files.update(probe=None, problem="", problem_values={}, attempt=None, encoded_at=None)
    Stream.objects.filter(recording_id=recording_id).delete()
    return [SourceId(one) for one in files.order_by("position").values_list("id", flat=True)]


def make_room(recording_id: RecordingId, *, now: datetime) -> list[SourceId]:
    """T18: another file is here, and every file that could not be used is set aside: it is kept until the other one plays,
    and nothing is made of it. A second one that nobody has looked into stays in its place. The recording has come in now
    (R98). Returns those that were set aside; none unless it had failed."""
    if not _leave_failed(recording_id, now=now):
        return []
    files = Source.objects.filter(recording_id=recording_id)
    gone = list(files.filter(position__lt=SET_ASIDE).exclude(position__gt=0, problem="").order_by("position"))
    Stream.objects.filter(source__in=gone).delete()
    last = files.aggregate(last=Max("position"))["last"] or 0
    for place, source in enumerate(gone, max(SET_ASIDE, last + 1)):
        files.filter(id=source.id).update(position=place, attempt=None)
    Recording.objects.filter(id=recording_id).update(uploaded_at=now)
    return [SourceId(one.id) for one in gone]


def forget_set_aside(recording_id: RecordingId) -> list[SourceId]:
    """T18: what took their place plays, so the files that were set aside go. Returns them."""
    files = Source.objects.filter(recording_id=recording_id, position__gte=SET_ASIDE)
    gone = [SourceId(one) for one in files.order_by("position").values_list("id", flat=True)]
    files.delete()
    return gone


def _leave_failed(recording_id: RecordingId, *, now: datetime) -> bool:
    held = Recording.objects.select_for_update().filter(id=recording_id, media_state=MediaState.FAILED)
    if not held.exists():
        return False
    Recording.objects.filter(id=recording_id).update(dropped=[], is_ladder_complete=False)
    return begin_again(recording_id, now=now)


def lengthen(recording_id: RecordingId, *, to_ms: int, now: datetime) -> bool:
    """The timeline ends later than was known when the recording was ready (R96), of its copies by reference too. False
    when it did not, and when it was archived since: what is made anew then counts as it did (R99)."""
    whole = Q(id=recording_id) | Q(reference_of_id=recording_id)
    was_archived = Kept.objects.exclude(archived_at=None, restored_at=None).filter(recording_id=recording_id).exists()
    rows = Recording.objects.filter(whole, duration_ms__lt=to_ms)
    return not was_archived and bool(rows.update(duration_ms=to_ms, updated_at=now, version=F("version") + 1))


def set_encoded(
    source_id: SourceId, recording_id: RecordingId, *, given_up_form: int | None = None, now: datetime
) -> None:
    """Everything made of the source is there; the recording is complete when that holds for all its sources. Or nothing
    more is made of it for now: `given_up_form` is that of the encoding that could not."""
    Source.objects.filter(id=source_id).update(encoded_at=now, given_up_form=given_up_form)
    refresh_complete(recording_id, now=now)


def try_ladder_again(source_id: SourceId, recording_id: RecordingId, note: Note, *, form: int, now: datetime) -> bool:
    """The lower versions are made after all, it is to be hoped, and until then it is not said that they could not be.
    False when this form of the encoding has tried already."""
    rows = Source.objects.filter(id=source_id, given_up_form__lt=form, encoded_at__isnull=False)
    if not rows.update(encoded_at=None, given_up_form=form, attempt=None):
        return False
    row, name = Recording.objects.select_for_update().get(id=recording_id), _name_of(source_id)
    left = [one for one in row.dropped if (one["name"], one["sentence"]) != (name, note.sentence)]
    Recording.objects.filter(id=recording_id).update(dropped=left)
    refresh_complete(recording_id, now=now)
    return True


def _name_of(source_id: SourceId) -> str:
    return Source.objects.values_list("original_name", flat=True).get(id=source_id)


def refresh_complete(recording_id: RecordingId, *, now: datetime) -> None:
    """Whether anything still has to be made of the sources that play."""
    is_waiting = Source.objects.filter(recording_id=recording_id, encoded_at=None, problem="").exists()
    Recording.objects.filter(id=recording_id).update(is_ladder_complete=not is_waiting, updated_at=now)


def set_object_key(source_id: SourceId, key: str, *, sha256: str) -> bool:
    """The original lies in the object store now. False when it already did."""
    return bool(Source.objects.filter(id=source_id, object_key="").update(object_key=key, sha256=sha256))
