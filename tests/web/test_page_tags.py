"""Tags of every page: assets, icons, times and lengths for people."""

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

import cathedra.web
from cathedra.web import page_tags

WEB = Path(cathedra.web.__file__).parent


def test_an_entry_brings_its_style_sheet_and_its_script_of_our_own_origin():
    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"
    for name in ("design", "player", "upload"):
        page = page_tags.vite({"request": request}, name)
        assert re.search(r'<link rel="stylesheet" href="/static/build/assets/[\w-]+\.css">', page)
        assert re.search(r'<script type="module" src="/static/build/assets/[\w-]+\.js" nonce="n0nce"></script>', page)


def test_a_made_up_entry_is_a_bug():
    with pytest.raises(page_tags.FrontEndNotBuilt):
        page_tags.vite({}, "nothing")


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert page_tags.icon("play").startswith('<svg aria-hidden="true" class="icon"')
    assert page_tags.icon("play", "<Play>", "l").startswith(
        '<svg role="img" aria-label="&lt;Play&gt;" class="icon icon-l"'
    )


def test_every_icon_that_a_template_names_is_there():
    named = set()
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text()
        named |= set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r'<c-[^>]*\bicon="([\w-]+)"', text))
    assert named
    assert [name for name in sorted(named) if not (WEB / "icons" / f"{name}.svg").exists()] == []


@pytest.mark.parametrize(
    ("length_ms", "clock", "spoken"),
    [
        (None, "", "0 seconds"),
        (4_400, "0:04", "4 seconds"),
        (65_000, "1:05", "1 minute"),
        (3_723_000, "1:02:03", "1 hour 2 minutes"),
        (7_200_000, "2:00:00", "2 hours"),
    ],
)
def test_a_length_is_a_clock_or_words(length_ms, clock, spoken):
    assert (page_tags.clock(length_ms), page_tags.spoken(length_ms)) == (clock, spoken)


def test_dates_are_absolute_with_the_day_in_the_sites_time_zone():
    summer = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    assert page_tags.on_day(summer) == "Tue 1 Sep 2026"
    assert page_tags.at_time(summer) == "Tue 1 Sep 2026, 00:30"
    assert page_tags.on_day(None) == page_tags.at_time(None) == ""


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "5 seconds"),
        (12, "10 seconds"),
        (70, "1 minute"),
        (600, "10 minutes"),
        (7100, "2 hours"),
        (-5, "5 seconds"),
    ],
)
def test_waiting_is_told_as_people_say_it(seconds, told):
    assert page_tags.roughly(seconds) == told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 B"),
        (900, "900 B"),
        (655_360, "640 KB"),
        (3_650_722_202, "3.4 GB"),
        (50 * 1024**3, "50 GB"),
        (10**16, "9095 TB"),
    ],
)
def test_sizes_are_told_as_people_say_them(count, told):
    assert page_tags.size(count) == told


def test_a_part_is_whole_per_cent():
    assert [page_tags.percent_of(*pair) for pair in ((1, 3), (9, 3), (1, None), (1, 0))] == [33, 100, 0, 0]


def test_a_link_changes_one_value_of_the_query_and_escapes():
    request = RequestFactory().get("/", {"q": '"><script>', "after": "x", "sort": "title"})
    page = Template('<a href="{% with_query sort="newest" after="" %}">').render(Context({"request": request}))
    assert page == '<a href="?q=%22%3E%3Cscript%3E&amp;sort=newest">'


def test_a_control_is_tied_to_its_hint_and_its_error():
    class Name(forms.Form):
        name = forms.CharField(help_text="As on your card.", widget=forms.TextInput(attrs={"placeholder": "Name"}))
        yes = forms.BooleanField()

    form = Name({})
    assert 'aria-describedby="id_name_hint id_name_error"' in page_tags.control(form["name"])
    assert 'aria-invalid="true"' in page_tags.control(form["yes"])
    assert "placeholder" not in page_tags.control(form["name"])


def test_what_was_left_out_is_a_sentence():
    assert page_tags.dropped_sentence({"sentence": "{a} was empty.", "values": {"a": "It"}}) == "It was empty."
    assert page_tags.dropped_sentence({"name": "x.mkv", "sentence": "No sound."}) == "x.mkv: No sound."
    assert page_tags.sentence("Looking at the file") == "Looking at the file"
    assert page_tags.unlocalised(1234567) == "1234567"


def test_the_address_of_a_recording_is_that_of_its_route():
    one, other = uuid4(), uuid4()
    assert page_tags.recording_address(one) == reverse("recording", args=[one])
    assert page_tags.recording_address(other) == reverse("recording", args=[other])
