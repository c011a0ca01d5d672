"""The search page: results with their places, filters, what was meant, and how to search (R211)."""

import re

import pytest

from cathedra.db.models import Folder, Recording, Slide
from cathedra.domain.library import Keeping
from cathedra.web import api
from cathedra.web.api import pace
from tests.finding import index, note, say, show
from tests.lectures import lecture
from tests.web.browsing import ADDRESS, client, text

XSS = '<img src=x onerror="alert(1)">'


@pytest.fixture
def heat(cast, now):
    made = lecture(cast.chemistry, cast.alice, title=f"Heat {XSS}", description=f"About {XSS} engines", now=now)
    Recording.objects.filter(id=made).update(tags=["thermo & co"])
    say(made, "Welcome", f"the second law {XSS}", now=now)
    show(made, "Cycles", now=now)
    return made


def test_a_result_links_to_the_instant_and_shows_what_was_asked(heat, cast, now):
    note(heat, cast.ben, "ask why", now=now)
    page = text(client(cast.ben).get("/search/", {"q": '"second law"'}))
    assert f'href="/recordings/{heat}/?t=2"' in page
    assert "<mark>second law</mark>" in page
    assert f'src="/stream/{heat}/slide-0.jpg"' in page
    assert "1 recording<" in page
    assert 'href="/search/?q=thermo%20%26%20co"' in page
    assert "<img src=x" not in page, "class 17"
    assert "<mark>ask</mark>" in text(client(cast.ben).get("/search/?q=ask"))
    assert "Nothing was found" in text(client(cast.alice).get("/search/?q=ask")), "another's note"


def test_r211_each_place_has_a_picture_and_what_is_away_or_has_none_shows_none(heat, cast, now):
    note(heat, cast.ben, "law of the land", now=now)
    radio = lecture(cast.chemistry, cast.alice, title="Radio", has_picture=False, now=now)
    say(radio, "the law of sound", now=now)
    page = text(client(cast.ben).get("/search/?q=law"))
    assert page.count("poster-small") == page.count('class="time"') == 3
    assert page.count(f'src="/stream/{heat}/slide-0.jpg"') == 2, "the slide that was shown then"
    assert "data-still" not in page
    assert f"/stream/{radio}/" not in page, "it has no picture at all"
    Slide.objects.all().delete()
    api.PACE.forget()
    page = text(client(cast.ben).get("/search/?q=law"))
    for at_ms in (2000, 5000):
        assert f'data-still="/stream/{heat}/" data-at="{at_ms}"' in page
    assert page.count(f'src="/stream/{heat}/poster.jpg"') == 3, "until the picture of that instant is drawn"
    Recording.objects.update(keeping=Keeping.ARCHIVED)
    api.PACE.forget()
    assert "/stream/" not in text(client(cast.ben).get("/search/?q=law"))


def test_it_teaches_when_nothing_was_asked_and_says_what_to_do_when_nothing_was_found(heat, cast):
    browser = client(cast.ben)
    cases = {
        "": "What you can look for",
        "quokka": "Try fewer words",
        "the of": "These words are too common",
        "-heat ": "Nothing to look for",
        "a@b.org law": "Nobody is found by an e-mail address",
        "haet law": "These are the results for “heat law”",
        XSS: "1 recording<",
        "\0": "What you can look for",
    }
    for typed, sentence in cases.items():
        api.PACE.forget()  # R227: a fast machine asks more than five times a second
        page = text(browser.get("/search/", {"q": typed}))
        assert sentence in page, typed
        assert "<img src=x" not in page, "class 18"
    elsewhere = text(browser.get("/search/", {"q": "law", "folder": str(cast.physics)}))
    assert "Nothing in this place and time" in elsewhere
    for wrong in ({"folder": "x"}, {"page": "-1"}, {"page": "9" * 40}, {"since": "2026-99-99"}, {"course": "\0"}):
        api.PACE.forget()
        assert browser.get("/search/", {"q": "law", **wrong}).status_code == 200, wrong
    assert "Part IA (1)</option>" in text(browser.get("/search/?q=law"))


def test_others_and_anybody_find_what_reaches_them(heat, cast):
    assert "Nothing was found" in text(client(cast.eve).get("/search/?q=law"))
    anonymous = text(client().get("/search/?q=law"))
    assert "Sign in to search your courses" in anonymous
    assert 'name="mine"' not in anonymous
    Recording.objects.filter(id=heat).update(keeping=Keeping.ARCHIVED)
    away = text(client(cast.ben).get("/search/?q=law"))
    assert "It can be restored" in away
    assert f'href="/recordings/{heat}/"' in away
    assert "?t=2" not in away


def test_many_results_come_in_pages(cast, now):
    for n in range(23):
        index(lecture(cast.chemistry, cast.alice, title=f"Entropy {n}", now=now), now=now)
    browser = client(cast.ben)
    first, second = (text(browser.get("/search/", {"q": "entropy", "page": n})) for n in ("1", "2"))
    shown = [set(re.findall(r'href="/recordings/([0-9a-f-]{36})/"', page)) for page in (first, second)]
    assert [len(each) for each in shown] == [20, 3]
    assert not shown[0] & shown[1]
    assert "23 recordings" in first
    assert "page=2" in first


def test_r227_whoever_searches_too_fast_is_asked_to_wait(cast):
    browser = client()
    assert browser.get("/search/?q=law").status_code == 200
    hour = pace.instant() // 3600 * 3600
    for second in range(3600):  # as many as they may in this hour
        for _ in range(5):
            api.PACE.seconds_to_wait(ADDRESS, "page of search", now=hour + second)
    answer = browser.get("/search/?q=law")
    assert answer.status_code == 429
    assert "Too many searches" in text(answer)
    assert browser.get("/search/").status_code == 200, "how to search is for everybody"


def test_every_page_has_the_field_but_the_search_page_has_its_own_only(cast):
    browser = client(cast.ben)
    assert text(browser.get("/browse/")).count("data-searches") == 1
    assert text(browser.get("/search/")).count("data-searches") == 1
    assert Folder.objects.exists()
