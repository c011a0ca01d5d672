"""What is found lags until it is indexed again, and a document counts only while it is of what is there now."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.db.models import Recording, SearchDocument, SearchLines, SearchPart, SearchWord
from cathedra.db.writes import publishing, retention, search
from cathedra.domain.library import Keeping, Origin
from cathedra.domain.search import SPEECH, Line, Said, build
from tests.lectures import lecture

DOCUMENT = build(Said("Entropy", speech=(Line(SPEECH, 0, "Überführung of heat"), Line(SPEECH, 1, "heat"))))
LONG = build(Said("Long", speech=tuple(Line(SPEECH, n, " ".join(f"w{n}x{k}" for k in range(500))) for n in range(200))))


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def waiting() -> list[str]:
    return [one.args["recording_id"] for one in ProcrastinateJob.objects.filter(task_name="INDEX_RECORDING")]


def test_each_change_makes_the_content_a_version_newer_and_asks_for_the_index(cast, made, now):
    copy = lecture(cast.physics, cast.alice, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)
    assert (search.touch(made), search.touch(made)) == (2, 3)
    assert sorted(waiting()) == sorted([str(made), str(copy)] * 2), "a copy is found by what its original says"
    assert Recording.objects.get(id=copy).content_version == 3
    assert search.touch(copy) == 4


def test_a_document_is_stored_only_while_it_is_of_what_is_there_now(cast, made, now):
    assert not search.store(made, DOCUMENT, content_version=7, now=now)
    assert not SearchDocument.objects.exists()
    assert search.store(made, DOCUMENT, content_version=1, now=now)
    assert search.store(made, DOCUMENT, content_version=1, now=now), "once more is the same"
    row = SearchDocument.objects.get()
    assert (row.folder_id, row.content_version) == (cast.chemistry, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM cathedra_searchdocument")
        words = cursor.fetchone()[0]
    assert "'=entropi'" in words
    assert "'entropi':1A" in words
    assert "'uberfuhrung':2" in words
    assert SearchLines.objects.get().places == "speech 0\nspeech 1"
    assert list(SearchWord.objects.order_by("word").values_list("word", flat=True)) == ["entropy", "heat"]
    assert search.store(made, LONG, content_version=1, now=now), "the longest there can be fits"
    Recording.objects.filter(id=made).update(keeping=Keeping.PURGED)
    assert not search.store(made, DOCUMENT, content_version=1, now=now)


def test_a_long_document_lies_in_parts_too_which_together_say_what_it_says(made, now):
    assert search.store(made, LONG, content_version=1, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_to_table(words::text, ' ') FROM cathedra_searchdocument"
            " EXCEPT ALL SELECT string_to_table(words::text, ' ') FROM cathedra_searchpart"
        )
        assert cursor.fetchall() == [("'=long'",)], "what stands for titles alone is in none"
    assert SearchPart.objects.count() > 5
    lines = SearchLines.objects.get()
    assert 4_000 < len(lines.head) <= 8_000
    assert lines.text.startswith(lines.head + "\n")
    assert lines.places.startswith(lines.head_places + "\n")
    assert lines.head.count("\n") == lines.head_places.count("\n")
    assert search.store(made, DOCUMENT, content_version=1, now=now)
    assert not SearchPart.objects.exists(), "a short one has none"
    assert SearchLines.objects.get().head == ""


def test_it_moves_with_its_recording_and_goes_with_it(cast, made, now):
    search.store(made, LONG, content_version=1, now=now)
    assert publishing.move(made, source=cast.chemistry, target=cast.physics, now=now)
    assert SearchDocument.objects.get().folder_id == cast.physics
    Recording.objects.filter(id=made).update(keeping=Keeping.RECYCLED)
    assert retention.purge(made, source=Keeping.RECYCLED, reason="bin", run_id=None, now=now)
    assert not SearchDocument.objects.exists()
    assert not SearchLines.objects.exists()
    assert not SearchPart.objects.exists()
