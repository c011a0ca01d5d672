"""What was made by a version of Cathedra before this one is made anew by itself (R57: it plays on at its address)."""

import uuid

import pytest
from django.db import connection

from cathedra.actions import editing
from cathedra.actions.encoding import Outcome
from cathedra.db.models import Edit, Recording
from cathedra.domain.library import Span
from cathedra.domain.playback import EDITED_FORM
from tests.actions.editing.conftest import acting
from tests.actions.editing.test_show import SYSTEM, captions_jobs, save, show
from tests.actions.test_encoding import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def waiting():
    return [queue for kind, queue, *_ in jobs() if kind == "CUT_EDGES"]


def done(kind):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [kind])


def of_before(room):
    """As a row is that an earlier version of Cathedra left."""
    Edit.objects.filter(recording_id=room.id).update(form=0)
    room.objects[f"stream/{room.id}/e1-p180.m3u8"] = b"as they were"


def test_a_playlist_of_an_earlier_form_is_made_anew_with_captions_and_what_it_is_found_by(room, cast, now):
    save(room, cast, now)
    show(room, now)
    made = room.objects[f"stream/{room.id}/e1-p180.m3u8"]
    assert editing.mend_edits() == ""
    of_before(room)
    done("WRITE_CAPTIONS")
    content = Recording.objects.get(id=room.id).content_version
    assert editing.mend_edits() == "1 edited recordings are made anew"
    assert waiting()[1:] == ["cpu.re_encodes"]  # behind the one of the save, in the last class but reading (R60)
    assert show(room, now) is Outcome.DONE
    assert room.objects[f"stream/{room.id}/e1-p180.m3u8"] == made
    assert Edit.objects.get(recording_id=room.id).form == EDITED_FORM
    assert captions_jobs() == 1
    assert Recording.objects.get(id=room.id).content_version == content + 1
    assert editing.mend_edits() == ""


def test_who_waits_to_be_made_anew_waits_once(room, cast, now):
    save(room, cast, now)
    show(room, now)
    of_before(room)
    assert (editing.mend_edits(), editing.mend_edits()) == ("1 edited recordings are made anew",) * 2
    assert len(waiting()) == 2  # the save's, and one


def test_a_save_that_waits_or_failed_is_left_to_its_editor(room, cast, now):
    save(room, cast, now)
    show(room, now)
    of_before(room)
    editing.save_edit(room.id, cuts=(Span(0, 6_000),), version=1, actor=acting(cast.alice), now=now)
    assert editing.mend_edits() == ""


def test_what_is_archived_is_made_when_it_comes_back(room, cast, now):
    save(room, cast, now)
    show(room, now)
    of_before(room)
    Edit.objects.filter(recording_id=room.id).update(is_made=False)
    assert editing.mend_edits() == ""
    assert editing.show_edit(room.id, actor=SYSTEM, now=now, attempt=uuid.uuid4(), tools=room.tools) is Outcome.DONE
    assert Edit.objects.get(recording_id=room.id).form == EDITED_FORM
