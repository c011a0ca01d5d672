"""Classes 17, 18, 20 and 25: hostile text in every field on every page, in every query, and no secret in any answer."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from cathedra.db.models import (
    Account,
    Course,
    Department,
    Folder,
    Group,
    Notice,
    Recording,
    Source,
    UnreachableAddress,
    Upload,
)
from cathedra.db.writes import library as writes
from cathedra.db.writes import notices as notice_writes
from cathedra.db.writes import playback as playback_writes
from cathedra.domain.library import CourseKind, FolderKind, MediaState, Publication
from cathedra.domain.notices import WORDINGS
from tests.lectures import lecture
from tests.web.browsing import client, text
from tests.web.test_every_route import LISTS, WANTED, address

MARK = "zqx"
CORPUS = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f"</title><script>{MARK}()</script>",
    f"</textarea><script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% load {MARK} %}}",
    f"javascript:{MARK}()",
    f"<a href='javascript:{MARK}()'>x</a>",
    f"--><!-- <iframe srcdoc='<script>{MARK}()</script>'>",
    f'" autofocus onfocus="{MARK}()" x="',
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"<c-button :href='{MARK}'>",
    f'=HYPERLINK("http://{MARK}")',
    f"http://x/\n<base href=//{MARK}>",
]
ALL_AT_ONCE = " ".join(CORPUS)
ROUNDS = [ALL_AT_ONCE, CORPUS[1], CORPUS[6], CORPUS[9]]


class Alive(HTMLParser):
    """Reads a page as a browser does and notes hostile text that became more than text."""

    def __init__(self):
        super().__init__()
        self.found, self._inside = [], ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        if tag == "iframe" and dict(attrs).get("sandbox") == "" and dict(attrs).get("src", "").startswith("/staff/"):
            return  # a preview of ours, in which nothing runs
        if tag in ("base", "iframe", "object", "embed", "c-button"):
            self.found.append(tag)
        for name, value in attrs:
            value = (value or "").strip().lower()
            is_code = name.startswith("on") or name in ("srcdoc", "style", "autofocus")
            goes_away = name in ("href", "src", "action", "formaction") and re.match(
                r"javascript:|data:|//|https?:", value
            )
            if is_code or goes_away:
                self.found.append(f"{tag} {name}={value[:60]}")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "script" and MARK in data:
            self.found.append(f"script {data[:60]}")


def alive(page):
    reader = Alive()
    reader.feed(page)
    reader.close()
    return reader.found


def fill_every_field(cast, recording, hostile, now):
    Recording.objects.filter(id=recording).update(
        title=hostile, description=hostile, failure=hostile, failure_values={"name": hostile}, stage=hostile,
        dropped=[{"name": hostile, "sentence": "{x}", "values": {"x": hostile}}],
    )  # fmt: skip
    Source.objects.filter(recording_id=recording).update(
        original_name=hostile, problem="{x}", problem_values={"x": hostile}
    )
    Account.objects.filter(id__in=(cast.alice, cast.ben)).update(full_name=hostile, email=hostile[:254])
    Folder.objects.filter(id=cast.chemistry).update(name=hostile)
    Group.objects.update(name=hostile)
    Course.objects.update(full_name=hostile, short_name=hostile)
    Department.objects.update(name=hostile)
    Upload.objects.update(original_name=hostile)
    for row in Notice.objects.all():
        Notice.objects.filter(id=row.id).update(values=dict.fromkeys(row.values, hostile))
    UnreachableAddress.objects.update(reason=hostile)


@pytest.fixture
def recording(cast, now):
    course = writes.add_course(
        "c1", short_name="C", full_name="Course", kind=CourseKind.AWARD, department_id=Department.objects.get().id,
        academic_year="2026-27",
    )  # fmt: skip
    Folder.objects.filter(id=cast.chemistry).update(course_id=course)
    made = lecture(cast.chemistry, cast.alice, now=now)
    lecture(cast.chemistry, cast.alice, media=MediaState.FAILED, now=now)
    writes.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    playback_writes.set_position(cast.alice, made, position_ms=1000, now=now)
    for kind, wording in WORDINGS.items():
        notice_writes.add(kind, event="x", to=[cast.alice], values=wording.example, link="/upload/", now=now)
    notice_writes.mark_unreachable("alice@example.org", reason="550", now=now)
    instant = timezone.now()
    Upload.objects.create(
        account_id=cast.alice, recording_id=made, kind="WHOLE", state="OPEN", original_name="x", length_bytes=9,
        created_at=instant, updated_at=instant, expires_at=instant + timedelta(days=1),
    )  # fmt: skip
    return made


# Mail in its own box has styles of its own, and its own policy: tests/web/staff/test_notices.py.
STAFF = sorted(route for route in WANTED if route.startswith("staff/") and not route.endswith("/html/"))


def every_answer(cast, recording):
    for who in (cast.alice, cast.ben):
        browser = client(who)
        for route in sorted(set(WANTED) - set(STAFF) | LISTS):
            yield route, browser.get(address(route, cast.chemistry, recording))
        yield "cards", browser.get(f"/folders/{cast.chemistry}/", {"view": "cards"})
        yield "second", browser.get(f"/folders/{cast.chemistry}/upload/", {"recording": str(recording)})
    browser = client(cast.dev)
    for route in STAFF:
        yield route, browser.get(address(route, cast.chemistry, recording))


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ROUNDS, ids=["all", "attribute", "address", "handler"])
def test_stored_text_never_comes_alive_class_17(cast, recording, now, hostile):
    for standing in ({}, {"media_state": MediaState.PREPARING, "publication": Publication.DRAFT}):
        fill_every_field(cast, recording, hostile, now)
        Recording.objects.filter(id=recording).update(**standing)
        for route, answer in every_answer(cast, recording):
            if "html" in answer.get("Content-Type", ""):
                assert alive(text(answer)) == [], route


def test_the_corpus_would_be_noticed():
    """The detector itself: hostile text put into a page as it is must be found."""
    shells = (
        "<p>{}</p>",
        '<input value="{}">',
        "<input value='{}'>",
        "<title>{}</title>",
        "<textarea>{}</textarea>",
        '<a href="{}">',
    )
    for hostile in (*CORPUS[:5], CORPUS[6], CORPUS[7], CORPUS[9]):
        assert any(alive(shell.format(hostile)) for shell in shells), hostile


QUERIES = ["q", "sort", "after", "view", "next", "recording", "was", "fingerprint", "folder", "theme", "limit"]


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ROUNDS, ids=["all", "attribute", "address", "handler"])
def test_no_query_comes_back_alive_class_18(cast, recording, hostile):
    query = dict.fromkeys(QUERIES, hostile)
    for browser in (client(cast.alice), client()):
        for route in [*sorted(set(WANTED) | LISTS), "account/login/", "account/password/reset/", "account/logout/"]:
            answer = browser.get(address(route, cast.chemistry, recording), query)
            assert answer.status_code < 500
            if "html" in answer.get("Content-Type", ""):
                assert alive(text(answer)) == [], route


def test_hostile_titles_are_kept_as_text_and_shown_as_text(cast, recording):
    browser = client(cast.alice)
    for hostile in CORPUS:
        browser.post(f"/recordings/{recording}/edit/", {"title": hostile, "description": hostile})
        page = text(browser.get(f"/recordings/{recording}/"))
        assert alive(page) == []
        kept = Recording.objects.get(id=recording).title
        assert kept == " ".join(hostile.split())


SECRET_NAMES = re.compile(
    r"passw|secret|token|session|hash|cookie|private|salt|csrf|object_key|(?<!re)lease", re.IGNORECASE
)


def names(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_no_answer_holds_a_secret_class_25(cast, recording):
    account = Account.objects.get(id=cast.alice)
    for route, answer in every_answer(cast, recording):
        body = text(answer)
        assert account.password not in body
        assert "argon2" not in body, route
        if "json" in answer.get("Content-Type", ""):
            assert [name for name in names(json.loads(body)) if SECRET_NAMES.search(name)] == [], route


def test_a_student_finds_no_address_of_anybody_else_class_34(cast, recording):
    for route, answer in every_answer(cast, recording):
        if answer.wsgi_request.user.pk == cast.ben:
            assert "alice@example.org" not in text(answer), route
            assert "chloe@example.org" not in text(answer), route
