"""Put away how recordings are cut, and forget what was said and shown in one that is destroyed."""

from datetime import datetime

from django.db.models import Q

from cathedra.db.models import Edit, Recording
from cathedra.domain.library import Edits
from cathedra.domain.terms import AccountId, RecordingId


def add_edit(recording_id: RecordingId, edits: Edits, *, after: int, by: AccountId | None, now: datetime) -> int:
    """The version after `after`. The recording's row is held by the caller, who found `after` to be the latest."""
    row = Edit.objects.create(
        recording_id=recording_id,
        version=after + 1,
        cuts=[[cut.start_ms, cut.end_ms] for cut in edits.cuts],
        looks=[[look.start_ms, look.layout] for look in edits.looks],
        made_by_id=by,
        made_at=now,
    )
    return row.version


def show_edit(recording_id: RecordingId, version: int, *, form: int, edited_ms: int | None, now: datetime) -> bool:
    """Viewers have this version now, in this form, of its copies by reference too (R201). False when they had it
    already."""
    rows = Edit.objects.filter(recording_id=recording_id, version=version)
    is_new = rows.filter(Q(shown_at=None) | ~Q(form=form)).exists()
    rows.filter(shown_at=None).update(shown_at=now)
    rows.update(is_made=True, problem="", form=form)
    whole = Q(id=recording_id) | Q(reference_of_id=recording_id)
    Recording.objects.filter(whole).update(edited_ms=edited_ms)
    return is_new


def await_edit(recording_id: RecordingId, version: int, *, edited_ms: int, now: datetime) -> None:
    """Viewers are to have this version and none before it: until it is made, they wait (R162)."""
    Edit.objects.filter(recording_id=recording_id, version=version).update(shown_at=now)
    Recording.objects.filter(id=recording_id).update(edited_ms=edited_ms)


def set_file(recording_id: RecordingId, version: int, *, key: str, size_bytes: int) -> bool:
    """It can be downloaded as one file. False when viewers have another version by now."""
    later = Edit.objects.filter(recording_id=recording_id, version__gt=version, shown_at__isnull=False)
    if later.exists():
        return False
    rows = Edit.objects.filter(recording_id=recording_id, version=version, is_made=True)
    return bool(rows.update(file_key=key, file_bytes=size_bytes))


def forget_made(recording_id: RecordingId) -> None:
    """The files of every version are gone: what is cut is not shown until they are made anew."""
    Edit.objects.filter(recording_id=recording_id).update(is_made=False, file_key="", file_bytes=0)


def forget_old_edges(recording_id: RecordingId, *, below: int) -> None:
    """The files of versions below one are gone."""
    Edit.objects.filter(recording_id=recording_id, version__lt=below).update(is_made=False, file_key="", file_bytes=0)


def set_problem(recording_id: RecordingId, version: int, sentence: str) -> bool:
    """It could not be made. False when it is."""
    rows = Edit.objects.filter(recording_id=recording_id, version=version, is_made=False)
    return bool(rows.update(problem=sentence))
