"""Slides, chapters and the deck by API (R38 rows 1 and 5, R227)."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cathedra.db.models import Slide, Stream
from cathedra.db.writes import slides as writes
from cathedra.domain.library import Chapter
from tests.lectures import lecture
from tests.media import decks
from tests.said import cut
from tests.web.browsing import client

pytestmark = pytest.mark.slow
JSON = {"content_type": "application/json"}


@pytest.fixture
def made(cast, now):
    recording_id = lecture(cast.chemistry, cast.alice, now=now)
    stream = Stream.objects.get(recording_id=recording_id)
    for number, (start, end) in enumerate(((0, 10_000), (10_000, 20_000), (20_000, 60_000))):
        Slide.objects.create(
            recording_id=recording_id, stream=stream, position=number, start_ms=start, end_ms=end,
            image=f"slide-{number + 1}-ab.jpg", title=f"Slide {number + 1}", text="words",
        )  # fmt: skip
    writes.replace_chapters(recording_id, [Chapter(0, "Heat"), Chapter(12_000, "Cut out"), Chapter(20_000, "Entropy")])
    return recording_id


def test_viewers_get_slides_and_chapters_as_they_play_and_none_that_is_cut(cast, made, now):
    ben, at = client(cast.ben), f"/api/recordings/{made}"
    whole = ben.get(f"{at}/slides").json()
    assert [slide["start_ms"] for slide in whole["slides"]] == [0, 10_000, 20_000]
    assert whole["slides"][0]["image_url"] == f"/stream/{made}/slide-1-ab.jpg"
    cut(made, (0, 1_000), now=now)
    cut(made, (10_000, 25_000), version=2, now=now)
    assert [(one["title"], one["start_ms"], one["end_ms"]) for one in ben.get(f"{at}/slides").json()["slides"]] == [
        ("Slide 1", 0, 10_000),
        ("Slide 3", 10_000, 45_000),
    ]
    chapters = ben.get(f"{at}/chapters").json()
    assert [(one["title"], one["start_ms"], one["original_start_ms"]) for one in chapters] == [
        ("Heat", 0, 0),
        ("Entropy", 10_000, 20_000),
    ]
    for who in (cast.eve, cast.dev):
        for what in ("slides", "chapters", "deck"):
            answer = client(who).get(f"{at}/{what}")
            assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION"), what


def test_a_creator_sets_chapters_and_a_deck_by_api(cast, made):
    alice, at = client(cast.alice), f"/api/recordings/{made}"
    made_one = alice.post(f"{at}/chapters", {"original_start_ms": 30_000, "title": "Work"}, **JSON)
    assert made_one.status_code == 201
    one = f"{at}/chapters/{made_one.json()['id']}"
    assert alice.put(one, {"original_start_ms": 31_000, "title": "Work done"}, **JSON).status_code == 204
    assert {c["title"]: c["origin"] for c in alice.get(f"{at}/chapters").json()}["Work done"] == "PERSON"
    clash = alice.put(one, {"original_start_ms": 20_000, "title": "Work"}, **JSON)
    assert (clash.status_code, clash.json()["code"]) == (409, "CONFLICT")
    assert alice.delete(one).status_code == 204
    assert alice.delete(one).status_code == 404
    assert alice.post(f"{at}/slides").status_code == 202
    assert alice.delete(f"{at}/chapters").status_code == 202
    assert alice.get(f"{at}/deck").json() is None
    file = SimpleUploadedFile("a.pptx", decks.pptx([("Heat", ["words"])]))
    assert alice.post(f"{at}/deck", {"file": file}).status_code == 202
    assert alice.get(f"{at}/deck").json() | {"size_bytes": 0} == {
        "name": "a.pptx",
        "size_bytes": 0,
        "pages": 0,
        "problem": "",
        "refused_name": "",
    }
    wrong = alice.post(f"{at}/deck", {"file": SimpleUploadedFile("a.pdf", b"no")})
    assert (wrong.status_code, wrong.json()["rule"]) == (400, "R59")
    assert alice.delete(f"{at}/deck").status_code == 204


def test_nobody_else_changes_anything(cast, made):
    at, some = f"/api/recordings/{made}", uuid.uuid4()
    for who in (cast.ben, cast.chloe, cast.eve):
        browser = client(who)
        answers = (
            browser.post(f"{at}/chapters", {"original_start_ms": 1, "title": "x"}, **JSON),
            browser.put(f"{at}/chapters/{some}", {"original_start_ms": 1, "title": "x"}, **JSON),
            browser.delete(f"{at}/chapters/{some}"),
            browser.delete(f"{at}/chapters"),
            browser.post(f"{at}/slides"),
            browser.get(f"{at}/deck"),
            browser.post(f"{at}/deck", {"file": SimpleUploadedFile("a.pdf", b"%PDF-")}),
            browser.delete(f"{at}/deck"),
        )
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "NO_PERMISSION")}


def test_a_program_that_says_what_it_knew_is_told_when_somebody_else_changed_it_r53(cast, made):
    browser, at = client(cast.alice), f"/api/recordings/{made}"
    one = next(each for each in browser.get(f"{at}/chapters").json() if each["title"] == "Entropy")
    address, knew = f"{at}/chapters/{one['id']}", {"original_start_ms": one["original_start_ms"], "title": "Entropy"}
    first = browser.put(address, {**knew, "title": "Disorder", "was": knew}, **JSON)
    late = browser.put(address, {**knew, "title": "Order", "was": knew}, **JSON)
    assert (first.status_code, late.status_code, late.json()["code"]) == (204, 409, "CONFLICT")
    assert browser.put(address, {**knew, "title": "Order"}, **JSON).status_code == 204, "who does not say is not asked"
