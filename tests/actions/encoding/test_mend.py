"""Lower versions that an earlier version of Cathedra could not make are tried again by themselves, once (R59, R60)."""

import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection

from cathedra.actions import encoding
from cathedra.actions.encoding import Outcome
from cathedra.db import migrations
from cathedra.db.models import Recording, Rendition, Source
from cathedra.db.reads import retention as retention_reads
from cathedra.domain.encoding import LADDER_FORM
from cathedra.domain.retention import Why, may_archive_by_hand
from tests.actions.encoding.test_fail import SPRING, give_up, without_ladder
from tests.actions.test_encoding import ACTOR, jobs, packaged, receive, recording, run, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, tools, tmp_path):
    """Given up by an earlier version of Cathedra."""
    found = without_ladder(cast, tools, tmp_path, SPRING)
    assert Source.objects.get(id=found[1]).given_up_form == LADDER_FORM
    Source.objects.filter(id=found[1]).update(given_up_form=LADDER_FORM - 1)
    return found


def waiting():
    return [queue for kind, queue, *_ in jobs() if kind == "ENCODE_LADDER"]


def test_it_is_tried_again_behind_what_somebody_waits_for_and_made_r60(made, tools):
    before = len(waiting())
    assert encoding.mend_ladders(now=SPRING) == "the lower versions of 1 files are tried again"
    assert waiting()[before:] == ["cpu.re_encodes"]
    assert recording(made[0]).dropped == []
    assert may_archive_by_hand(retention_reads.get_facts(made[0])) is Why.NOT_READY, "it is not whole meanwhile"
    there = Rendition.objects.filter(recording_id=made[0]).count()
    assert run(encoding.encode_ladder, made[1], tools, SPRING) is Outcome.DONE
    assert Rendition.objects.filter(recording_id=made[0]).count() > there
    assert Source.objects.get(id=made[1]).given_up_form is None
    assert Recording.objects.get(id=made[0]).is_ladder_complete
    assert encoding.mend_ladders(now=SPRING) == ""


def test_what_fails_again_is_given_up_again_and_its_owner_is_not_told_twice_n8(made, tools):
    encoding.mend_ladders(now=SPRING)
    letters = told(made[0])[0]
    assert give_up(made[1], SPRING) is Outcome.REFUSED
    row = recording(made[0])
    assert ("smaller versions" in row.dropped[0]["sentence"], row.is_ladder_complete, len(row.dropped)) == (
        True,
        True,
        1,
    )
    assert told(made[0])[0] == letters
    assert encoding.mend_ladders(now=SPRING) == "", "this form of the encoding has tried"


def test_a_night_that_is_repeated_begins_nothing_twice(made):
    before = len(waiting())
    for _ in range(2):
        encoding.mend_ladders(now=SPRING)
    assert len(waiting()) == before + 1


@pytest.mark.parametrize("facts", [{"keeping": "ARCHIVED"}, {"keeping": "RECYCLED"}])
def test_what_does_not_play_now_is_left_alone(made, facts):
    Recording.objects.filter(id=made[0]).update(**facts)
    assert encoding.mend_ladders(now=SPRING) == ""


def test_what_was_given_up_before_it_was_written_down_so_is_known_by_its_sentence(made, cast, tools, tmp_path):
    """The step of the migration, by the name of its file."""
    whole = packaged(receive(cast, tools, tmp_path, SPRING), tools, SPRING)
    Source.objects.update(given_up_form=None)
    (file,) = Path(migrations.__file__).parent.glob("*_given_up.py")
    with connection.cursor() as cursor:
        cursor.execute(import_module(f"{migrations.__name__}.{file.stem}").AS_BEFORE)
    assert [Source.objects.get(id=one).given_up_form for one in (made[1], whole[1])] == [0, None]


def test_what_this_version_gave_up_or_never_had_to_is_left_alone(cast, tools, tmp_path):
    without_ladder(cast, tools, tmp_path, SPRING)
    whole = packaged(receive(cast, tools, tmp_path, SPRING), tools, SPRING)
    encoding.encode_ladder(whole[1], actor=ACTOR, now=SPRING, attempt=uuid.uuid4(), tools=tools)
    assert encoding.mend_ladders(now=SPRING) == ""
