"""The page of chapters, slides and the deck (R38 row 5), without JavaScript."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.db.models import Chapter, Slide, SlideDeck, Stream
from cathedra.db.reads import slides as reads
from cathedra.db.writes import access
from cathedra.db.writes import slides as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.library import AnalysisState, Origin
from cathedra.domain.library import Chapter as Place
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.media import decks
from tests.said import cut
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


@pytest.fixture
def made(cast, now):
    recording_id = lecture(cast.chemistry, cast.alice, now=now, title="Heat & work")
    writes.replace_chapters(recording_id, [Place(0, "Heat"), Place(30_400, "Entropy <b>")])
    return recording_id


def told(made):
    return [(one.start_ms, one.title) for one in reads.list_chapters(made)]


def test_a_creator_adds_renames_moves_and_removes_chapters(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    shown = text(browser.get(page))
    assert "Set from the titles of the slides" in shown
    assert "Entropy &lt;b&gt;" in shown
    assert "Chapter added." in text(browser.post(page, {"at": "0:45", "title": "Work"}, follow=True))
    entropy = Chapter.objects.get(title="Entropy <b>")
    browser.post(f"{page}{entropy.id}/", {"at": "0:30", "title": "Disorder"})
    assert told(made) == [(0, "Heat"), (30_400, "Disorder"), (45_000, "Work")], "a time left alone stays where it was"
    browser.post(f"{page}{entropy.id}/", {"at": "0:31", "title": "Disorder"})
    removed = browser.post(f"{page}{Chapter.objects.get(title='Heat').id}/", {"remove": "1"}, follow=True)
    assert "Chapter removed." in text(removed)
    assert told(made) == [(31_000, "Disorder"), (45_000, "Work")]
    assert "Set by a person" in text(browser.get(page))


def test_what_is_wrong_is_told_where_it_is(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    one = Chapter.objects.get(title="Heat")
    cases = (
        (page, {"at": "noon", "title": "x"}, "Write the time as the player shows it"),
        (page, {"at": "0:10", "title": ""}, "Fill in “Title”."),
        (page, {"at": "9:00", "title": "x"}, "A chapter begins within the recording."),
        (f"{page}{one.id}/", {"at": "", "title": "x"}, "Fill in “Begins at”."),
        (f"{page}deck/", {"file": SimpleUploadedFile("a.pdf", b"MZ")}, "neither a PDF nor a PowerPoint"),
        (f"{page}deck/", {}, "Choose a file for “PDF or PowerPoint file (PPTX)”."),
    )
    for address, given, sentence in cases:
        answer = browser.post(address, given)
        assert answer.status_code == 422, (address, given)
        assert sentence in text(answer), (address, given)
    Chapter.objects.filter(id=one.id).update(start_ms=1000)
    Chapter.objects.filter(start_ms=30_400).update(start_ms=30_000)
    taken = browser.post(f"{page}{one.id}/", {"at": "0:30", "title": "x"})
    assert (taken.status_code, "Another chapter begins" in text(taken)) == (422, True)


def test_times_are_those_of_the_edited_recording(cast, made, now):
    cut(made, (10_000, 20_000), now=now)
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    assert 'value="0:20"' in text(browser.get(page))
    browser.post(page, {"at": "0:15", "title": "After the cut"})
    assert (25_000, "After the cut") in told(made)


def test_slides_and_how_far_they_are_stand_there(cast, made, now):
    stream = Stream.objects.get(recording_id=made)
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    assert "They are looked for when the recording is ready." in text(browser.get(page))
    assert "The slides are looked for again." in text(browser.post(f"{page}look/", follow=True))
    assert "They are going to be looked for." in text(browser.get(page))
    Slide.objects.create(
        recording_id=made, stream=stream, position=0, start_ms=0, end_ms=9_000, image="slide-1-ab.jpg", page=2, title="A < B"
    )  # fmt: skip
    writes.finish(made, attempt=None, state=AnalysisState.DONE, engine="", problem="No engine.", now=now)
    shown = text(browser.get(page))
    assert f'src="/stream/{made}/slide-1-ab.jpg"' in shown
    assert "A &lt; B" in shown
    assert "Page 2 of your file" in shown
    assert "No engine." in shown
    browser.post(page, {"at": "0:05", "title": "Mine"})
    answer = browser.post(f"{page}reset/", follow=True)
    assert "set from the titles of the slides again" in text(answer)


def test_a_deck_is_added_and_removed(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    file = SimpleUploadedFile("Week 3.pptx", decks.pptx([("Heat", ["words"])]))
    assert "It is being read" in text(browser.post(f"{page}deck/", {"file": file}, follow=True))
    assert "Week 3.pptx" in text(browser.get(page))
    SlideDeck.objects.update(
        problem="This file has more than {pages} pages, the most that is read.", problem_values={"pages": "9"}
    )
    assert "more than 9 pages" in text(browser.get(page))
    SlideDeck.objects.update(pages=[["words", "Heat"]], problem="It is locked.", refused_name="Week 4.pdf")
    shown = text(browser.get(page))
    assert "“Week 4.pdf” was added later and could not be used, so the file above stays. It is locked." in shown, "R59"
    assert "Your slides file is gone." in text(browser.post(f"{page}deck/", {"remove": "1"}, follow=True))
    assert not SlideDeck.objects.exists()


def test_nobody_else_finds_the_page_r42(cast, made):
    page = f"/recordings/{made}/chapters/"
    one = Chapter.objects.get(title="Heat")
    for who in (cast.ben, cast.chloe, cast.eve):
        browser = client(who)
        answers = [browser.get(page), browser.post(page, {"at": "0:10", "title": "x"})]
        answers += [browser.post(f"{page}{part}/", {"remove": "1"}) for part in ("deck", "look", "reset", one.id)]
        assert {answer.status_code for answer in answers} == {404}
    assert told(made) == [(0, "Heat"), (30_400, "Entropy <b>")]
    assert "Chapters and slides" in text(client(cast.alice).get(f"/recordings/{made}/"))
    assert "Chapters and slides" not in text(client(cast.ben).get(f"/recordings/{made}/"))


@pytest.fixture
def copied(cast, made, now):
    """A copy of Eve's in Physics, where Alice is Creator too."""
    for who in (cast.eve, cast.alice):
        access.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=now)
    return lecture(cast.physics, cast.eve, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)


def test_r201_who_is_creator_of_both_changes_the_originals_chapters_slides_and_deck_on_the_page_of_a_copy(
    cast, made, copied
):
    browser, page = client(cast.alice), f"/recordings/{copied}/chapters/"
    shown = text(browser.get(page))
    assert "what you change here changes there" in shown
    assert f'href="/recordings/{copied}/copy/"' in shown
    assert "Chapter added." in text(browser.post(page, {"at": "0:45", "title": "Work"}, follow=True))
    heat = Chapter.objects.get(title="Heat")
    browser.post(f"{page}{heat.id}/", {"at": "0:01", "title": "Cold"})
    assert told(made) == [(1000, "Cold"), (30_400, "Entropy <b>"), (45_000, "Work")] == told(copied)
    file = SimpleUploadedFile("Week 3.pptx", decks.pptx([("Heat", ["words"])]))
    assert "It is being read" in text(browser.post(f"{page}deck/", {"file": file}, follow=True))
    assert SlideDeck.objects.get().recording_id == made
    assert "Week 3.pptx" in text(browser.get(page))
    assert "The slides are looked for again." in text(browser.post(f"{page}look/", follow=True))
    assert reads.progress(made).state is AnalysisState.WAITING
    jobs = ProcrastinateJob.objects.filter(task_name="READ_SLIDES").values_list("args__recording_id", flat=True)
    assert set(jobs) == {str(made)}, "a copy has none of its own to look for"
    browser.post(f"{page}{heat.id}/", {"remove": "1"})
    browser.post(f"{page}deck/", {"remove": "1"})
    assert (len(told(made)), SlideDeck.objects.exists()) == (2, False)


def test_r201_who_may_not_edit_the_original_is_told_so_on_a_copy_with_a_way_on_and_sees_what_viewers_see(
    cast, made, copied, now
):
    SlideDeck.objects.create(
        recording_id=made, original_name="secret.pdf", object_key="k", size_bytes=1, sha256="", added_at=now
    )
    cut(made, (20_000, 60_000), now=now)
    browser, page = client(cast.eve), f"/recordings/{copied}/chapters/"
    shown = text(browser.get(page))
    assert "You may not edit that one" in shown
    assert f'href="/recordings/{copied}/copy/"' in shown
    assert "Add a chapter" not in shown
    assert "secret.pdf" not in shown
    assert "Heat" in shown
    assert "Entropy &lt;b&gt;" not in shown, "it is cut"
    refused = browser.post(page, {"at": "0:10", "title": "Mine"})
    assert (refused.status_code, "Only a Creator of the other" in text(refused)) == (422, True)
    for part in ("look", "reset"):
        assert "Only a Creator of the other" in text(browser.post(f"{page}{part}/"))
    assert browser.get(f"/api/recordings/{copied}/deck").json() is None
    assert told(made) == [(0, "Heat"), (30_400, "Entropy <b>")]


def test_how_far_looking_is_moves_without_loading_the_page_and_what_is_written_on_it_stays(cast, made, now):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    writes.ask(made, now=now)
    attempt = uuid.uuid4()
    writes.claim(made, expected=None, attempt=attempt, now=timezone.now() - timedelta(minutes=10))
    writes.set_percent(made, attempt=attempt, percent=50)
    assert f'hx-get="{page}state/"' in text(browser.get(page))
    moving = text(browser.get(f"{page}state/"))
    assert "They are being looked for: 50 %" in moving
    assert "about 10 minutes left" in moving
    assert f'hx-get="{page}state/"' in moving
    writes.finish(made, attempt=attempt, state=AnalysisState.DONE, engine="", now=now)
    ended = browser.get(f"{page}state/")
    assert "has ended" in text(ended)
    assert "hx-get" not in text(ended)
    assert "HX-Refresh" not in ended
    assert "has ended" not in text(browser.get(page))
    assert client(cast.ben).get(f"{page}state/").status_code == 404


def form_of(page: str, chapter_id) -> dict[str, str]:
    """The fields of a chapter's form, as a browser would send them."""
    found = re.search(rf'action="[^"]*/{chapter_id}/".*?</form>', page, re.S)[0]
    fields = re.findall(r'<input(?=[^>]* name="([^"]+)")(?=[^>]* value="([^"]*)")', found)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def test_a_page_that_was_open_while_cuts_were_saved_moves_nothing_r209(cast, made, now):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    entropy = Chapter.objects.get(title="Entropy <b>")
    given = form_of(text(browser.get(page)), entropy.id)
    assert given == {
        "version": "0",
        "was_ms": "30400",
        "was_title": "Entropy <b>",
        "at": "0:30",
        "title": "Entropy <b>",
    }
    cut(made, (10_000, 20_000), now=now)
    browser.post(f"{page}{entropy.id}/", {**given, "title": "Disorder"})
    assert (30_400, "Disorder") in told(made), "its time was left alone"
    browser.post(page, {"version": "0", "at": "0:45", "title": "Work"})
    assert (45_000, "Work") in told(made), "as the player showed it then"
    fresh = form_of(text(browser.get(page)), entropy.id)
    assert (fresh["version"], fresh["at"]) == ("1", "0:20")
    browser.post(f"{page}{entropy.id}/", {**fresh, "at": "0:21"})
    assert (31_000, "Disorder") in told(made)


def test_the_second_of_two_who_change_a_chapter_is_told_and_told_again_r53(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/chapters/"
    heat = Chapter.objects.get(title="Heat")
    given = form_of(text(browser.get(page)), heat.id)
    browser.post(f"{page}{heat.id}/", {**given, "title": "What heat is"})
    for _ in range(2):
        late = browser.post(f"{page}{heat.id}/", {**given, "title": "Warmth"})
        assert (late.status_code, "Somebody else changed this chapter" in text(late)) == (422, True)
        given = form_of(text(late), heat.id)
        assert (given["was_title"], given["title"]) == ("Heat", "Warmth"), "what was typed stays, and so does the doubt"
    assert (0, "What heat is") in told(made)
    same = browser.post(f"{page}{heat.id}/", {**given, "title": "What heat is"})
    assert same.status_code == 302, "who wanted the same is told that all is well"
