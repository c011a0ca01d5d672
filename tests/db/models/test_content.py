"""What the tables of captions, slides, chapters and cuts refuse whatever the code does."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Analysis, Bookmark, CaptionTrack, Chapter, Edit, Note
from cathedra.db.writes import library
from cathedra.domain.library import Origin


def test_the_tables_refuse_what_cannot_be(cast, now):
    made = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    Edit.objects.create(recording_id=made, version=1, made_at=now)
    Chapter.objects.create(recording_id=made, start_ms=0, title="Begin", origin="PERSON")
    wrong = (
        (Analysis, {"kind": "SPEECH", "state": "FAILED", "changed_at": now}),  # without a sentence
        (Analysis, {"kind": "SMELL", "changed_at": now}),
        (CaptionTrack, {"language": "en", "origin": "GUESSED", "cues": [], "made_at": now, "changed_at": now}),
        (Chapter, {"start_ms": 1, "title": "", "origin": "PERSON"}),
        (Chapter, {"start_ms": 0, "title": "Again", "origin": "PERSON"}),  # two at one place
        (Edit, {"version": 1, "made_at": now}),  # a version once
        (Note, {"account_id": cast.ben, "at_ms": 0, "text": "", "made_at": now, "changed_at": now}),
    )
    for table, fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(recording_id=made, **fields)
    Bookmark.objects.create(recording_id=made, account_id=cast.ben, at_ms=5, made_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bookmark.objects.create(recording_id=made, account_id=cast.ben, at_ms=5, made_at=now)
