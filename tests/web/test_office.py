"""Administrators at the pages of what is not theirs: they do what R38 gives them, see nothing of what is in it, every
look is on the trail, and no page leads them to one that is not there for them (R26, R223)."""

import re

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, Recording
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole
from tests.conftest import accept_terms
from tests.lectures import lecture
from tests.web.browsing import client, text

RECORDING = ("edit/", "access/", "access/restrict/", "access/explained/", "availability/", "move/", "copy/", "history/")
FOLDER = ("access/", "access/inherit/", "access/explained/", "availability/", "approval/", "history/")
API = ("sharing", "access", "availability", "history")
CONTENT = ("/stream/", "poster", "storyboard", "<video", "Said in it")
LINK = re.compile(r'href="(/(?:recordings|folders|staff)/[^"#?]*)')


@pytest.fixture
def made(cast):
    return lecture(cast.chemistry, cast.alice, title="Entropy", description="Said in it", now=timezone.now())


@pytest.mark.slow
def test_a_service_administrator_comes_to_every_page_that_r38_gives_and_sees_no_content_r26(cast, made):
    browser, links = client(cast.dev), set()
    start = text(browser.get(f"/staff/recordings/{made}/"))
    for way in ("edit/", "access/", "access/explained/", "availability/", "move/", "copy/", "history/"):
        assert f'href="/recordings/{made}/{way}"' in start, way
    assert f'href="/folders/{cast.chemistry}/access/"' in start
    pages = [f"/recordings/{made}/{each}" for each in RECORDING]
    pages += [f"/folders/{cast.chemistry}/{each}" for each in FOLDER]
    pages += [f"/api/recordings/{made}/{each}" for each in API] + [
        f"/api/folders/{cast.chemistry}/{each}" for each in API
    ]
    for page in pages:
        before = AuditEvent.objects.count()
        answer = browser.get(page)
        assert answer.status_code == 200, page
        shown = text(answer)
        for never in (
            CONTENT if not page.endswith("/edit/") else CONTENT[:-1]
        ):  # row 6: the description is theirs to edit
            assert never not in shown, (page, never)
        look = AuditEvent.objects.latest("id")
        kind = page.strip("/").replace("api/", "").split("s/")[0]
        assert (AuditEvent.objects.count() - before, look.action, look.actor_id) == (1, f"{kind}:look_at", cast.dev), (
            page
        )
        assert look.channel == ("API" if page.startswith("/api/") else "WEB")
        links |= set(LINK.findall(shown))
    dead = [link for link in links if browser.get(link).status_code not in (200, 405)]
    assert dead == [], "pages lead nowhere"


def test_what_they_change_leads_back_to_staff_pages_and_is_audited_r38_rows_6_12_14(cast, made):
    browser, home = client(cast.dev), f"/staff/recordings/{made}/"
    form = {
        "title": "Entropy, corrected",
        "description": "Said in it",
        "version": Recording.objects.get(id=made).version,
    }
    for page, body in (
        (f"/recordings/{made}/edit/", form),
        (f"/recordings/{made}/access/follow/", {}),
        (f"/recordings/{made}/move/", {"to": str(cast.chemistry)}),
    ):
        answer = browser.post(page, body)
        assert (answer.status_code, answer["Location"]) == (302, home), page
    assert Recording.objects.get(id=made).title == "Entropy, corrected"
    assert AuditEvent.objects.filter(action="recording:edit", actor_id=cast.dev).count() == 1
    refused = browser.post(f"/recordings/{made}/access/", {"people": "dev"})
    assert "Ask another service administrator for access." in text(refused)
    answer = browser.post(f"/recordings/{made}/access/restrict/", {"people": "eve", "name": "Seminar"}, follow=True)
    assert "Only they and those who run the folder see it now." in text(answer)
    assert f'href="{home}"' in text(browser.get(f"/recordings/{made}/"))


def test_whose_page_it_is_is_not_noted_and_a_sys_admin_reads_the_trail_only_r26(cast, made):
    olga = people.add_account(
        "olga", full_name="Olga", email="olga@example.org", affiliation="university_staff", password=None, now=cast.now
    )
    people.give_system_role(olga, SystemRole.SYS_ADMIN, reason="x", now=timezone.now())
    accept_terms(olga, now=cast.now)
    assert client(cast.alice).get(f"/recordings/{made}/edit/").status_code == 200
    assert not AuditEvent.objects.filter(action="recording:look_at").exists()
    browser = client(olga)
    may = {page for page in RECORDING if browser.get(f"/recordings/{made}/{page}").status_code == 200}
    assert may == {"history/"}
    shown = text(browser.get(f"/recordings/{made}/history/"))
    assert f"/folders/{cast.chemistry}/" not in shown
    assert AuditEvent.objects.filter(action="recording:look_at", actor_id=olga).count() == 2
