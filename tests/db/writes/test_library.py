"""Folders in their tree, recordings as drafts, and the compare-and-set of the media state."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind, MediaState, Origin, media_sources


def draft(cast, now):
    return library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )


def test_a_folder_knows_its_place_and_inherits_r28(cast, now):
    below = library.add_folder("Week 1", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    row, parent = Folder.objects.get(id=below), Folder.objects.get(id=cast.chemistry)
    assert row.path == f"{parent.path}.{below.hex}"
    assert row.inherits
    assert row.department_id == parent.department_id


def test_a_root_folder_cannot_inherit_r28(cast, now):
    with pytest.raises(IntegrityError):
        library.add_folder("Top", kind=FolderKind.GENERAL, inherits=True, now=now)


def test_a_recording_begins_as_a_draft_t1(cast, now):
    row = Recording.objects.get(id=draft(cast, now))
    assert (row.media_state, row.publication, row.keeping, row.version) == ("EMPTY", "DRAFT", "ONLINE", 1)


def test_the_second_of_two_movers_is_told_no(cast, now):
    recording = draft(cast, now)
    to = MediaState.RECEIVED
    assert library.move_media(recording, sources=media_sources(to), to=to, now=now)
    assert not library.move_media(recording, sources=media_sources(to), to=to, now=now)
    assert Recording.objects.get(id=recording).version == 2


def test_the_table_refuses_what_cannot_be(cast, now):
    rows = Recording.objects.filter(id=draft(cast, now))
    for wrong in (
        {"media_state": "FAILED"},  # without a sentence for the owner
        {"media_state": "READY"},  # without a duration and an instant
        {"publication": "PUBLISHED"},  # of something that cannot be played
        {"title": ""},
        {"media_state": "DONE"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_details_are_replaced_only_while_nobody_changed_the_row(cast, now):
    made = draft(cast, now)
    assert library.set_details(made, title="Two", description="About two.", version=1, now=now)
    assert not library.set_details(made, title="Three", description=None, version=1, now=now)
    assert library.set_details(made, title=None, description="More.", tags=["heat"], version=None, now=now)
    row = Recording.objects.get(id=made)
    assert (row.title, row.description, row.tags, row.version) == ("Two", "More.", ["heat"], 3)
