"""Those who run the service see every message with examples, and what became of e-mails, never what they say."""

import pytest

from cathedra import wiring
from cathedra.db.models import AuditEvent, Letter, Notice, UnreachableAddress
from cathedra.db.writes import notices as writes
from cathedra.db.writes import people
from cathedra.domain import notices
from cathedra.domain.notices import WORDINGS, LetterState, NoticeKind
from cathedra.domain.people import SystemRole
from tests.web.browsing import client, text

pytestmark = pytest.mark.django_db
PAGES = ("/staff/notices/", "/staff/notices/N10/", "/staff/notices/N10/html/")


def test_only_administrators_are_let_in_class_24(cast, now):
    for address in PAGES:
        for who in (cast.alice, cast.ben, cast.chloe):
            assert client(who).get(address).status_code == 404
        assert client().get(address).status_code == 302, "the anonymous sign in first"
        assert client(cast.dev).get(address).status_code == 200
    assert client(cast.alice).post("/staff/notices/address/", {"address": "x@y"}).status_code == 404
    people.give_system_role(cast.eve, SystemRole.AUDITOR, reason="x", now=now)
    assert client(cast.eve).get("/staff/notices/").status_code == 404
    people.give_system_role(cast.ben, SystemRole.SYS_ADMIN, reason="x", now=now)
    assert client(cast.ben).get("/staff/notices/").status_code == 200


@pytest.mark.slow
def test_every_message_can_be_previewed_in_both_forms_r229(cast):
    browser = client(cast.dev)
    listed = text(browser.get("/staff/notices/"))
    for kind in NoticeKind:
        assert f'href="/staff/notices/{kind.value}/"' in listed
        page = text(browser.get(f"/staff/notices/{kind.value}/"))
        assert f'src="/staff/notices/{kind.value}/html/"' in page
        html = text(browser.get(f"/staff/notices/{kind.value}/html/"))
        for value in notices.said(WORDINGS[kind].example, wiring.in_words).values():
            assert value in html, (kind, value)
    assert browser.get("/staff/notices/N999/").status_code == 404
    assert browser.get("/staff/notices/N999/html/").status_code == 404
    assert "recordings wait for your approval" in text(browser.get("/staff/notices/N10/html/", {"of": "many"}))


def test_the_html_is_shown_in_a_box_where_nothing_runs_class_31(cast):
    browser = client(cast.dev)
    page = browser.get("/staff/notices/N10/")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    boxed = browser.get("/staff/notices/N10/html/")
    policy = boxed["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert boxed["X-Frame-Options"] == "SAMEORIGIN"


def test_deliveries_show_their_state_and_nothing_of_what_is_personal(cast, now):
    kind = NoticeKind.REJECTED
    values = {**WORDINGS[kind].example, "title": "Secret title", "reason": "Secret reason"}
    for place, state in enumerate(LetterState):
        writes.add(kind, event=str(place), to=[cast.alice], values=values, link="/secret/", now=now)
        notice = Notice.objects.get(event=str(place))
        letter = writes.add_letter(
            [notice.id], recipient=cast.alice, address="alice@example.org", kind=kind, window_at=now, now=now
        )
        Letter.objects.filter(id=letter).update(
            state=state, sent_at=now, claim=letter if state == "SENDING" else None, attempts=1, problem="450 busy"
        )
    page = text(client(cast.dev).get("/staff/notices/"))
    for part in ("Queued", "Being sent", "Sent", "Failed", "Unreachable", "Unsure", "alice@example.org", "450 busy"):
        assert part in page, part
    assert "Secret" not in page
    assert "/secret/" not in page
    assert "A recording of yours is returned by a Publisher" in page


def test_an_address_is_tried_again_and_that_is_audited(cast, now):
    UnreachableAddress.objects.create(address="alice@example.org", reason="550 no", since_at=now)
    browser = client(cast.dev)
    assert "550 no" in text(browser.get("/staff/notices/"))
    assert browser.post("/staff/notices/address/", {"address": "Alice@example.org"}).status_code == 302
    assert not UnreachableAddress.objects.exists()
    strict = client(cast.dev, enforce_csrf_checks=True)
    assert strict.post("/staff/notices/address/", {"address": "x@example.org"}).status_code == 403  # class 23
    assert AuditEvent.objects.get(action="address:try_again").actor_id == cast.dev
