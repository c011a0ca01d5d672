"""The bell, the list, and what one chooses to have by e-mail (R229)."""

from datetime import timedelta

import pytest

from cathedra import config
from cathedra.db.models import AuditEvent, MailPreference, Notice, UnreachableAddress
from cathedra.db.writes import notices as writes
from cathedra.domain.notices import WORDINGS, NoticeKind
from cathedra.web.notices import CHOICES, TOPICS
from tests.web.browsing import client, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast, now):
    looked_for = (NoticeKind.REJECTED, NoticeKind.WAITING_FOR_APPROVAL)  # the newest: there are more than a page shows
    for kind in NoticeKind:
        wording, at = WORDINGS[kind], now if kind in looked_for else now - timedelta(hours=1)
        other = "/browse/" if wording.other_button else ""
        writes.add(kind, event="e", to=[cast.alice], values=wording.example, link="/upload/", now=at, other_link=other)
    return Notice.objects.get(recipient_id=cast.alice, kind=NoticeKind.REJECTED)


def test_the_bell_counts_what_is_not_read_and_reading_takes_it_off(cast, told):
    browser = client(cast.alice)
    page = text(browser.get("/notices/"))
    assert f'class="count"><span class="sr-only">, </span>{len(NoticeKind)}<' in page
    assert "was returned to you" in page
    assert "Watch it first" in page
    assert 'class="count"' not in text(client(cast.ben).get("/notices/"))
    assert browser.head(f"/notices/{told.id}/").status_code == 302
    assert Notice.objects.get(id=told.id).read_at is None
    answer = browser.get(f"/notices/{told.id}/")
    assert (answer.status_code, answer["Location"]) == (302, "/upload/")
    assert Notice.objects.get(id=told.id).read_at is not None
    assert "was returned to you" not in text(browser.get("/notices/", {"show": "unread"}))
    assert f">{len(NoticeKind) - 1}<" in text(browser.get("/"))
    other = Notice.objects.filter(recipient_id=cast.alice, read_at=None).first()
    assert browser.post("/notices/read/", {"notice": str(other.id)}).status_code == 302
    assert Notice.objects.get(id=other.id).read_at is not None
    browser.post("/notices/read/")
    assert not Notice.objects.filter(recipient_id=cast.alice, read_at=None).exists()
    assert "You have read everything" in text(browser.get("/notices/", {"show": "unread"}))


def test_anothers_notice_is_nothing_at_all_class_12(cast, told):
    browser = client(cast.chloe)
    assert browser.get(f"/notices/{told.id}/").status_code == 404
    for given in (str(told.id), "nonsense"):
        assert browser.post("/notices/read/", {"notice": given}).status_code == 404
    browser.post("/notices/read/")
    assert Notice.objects.get(id=told.id).read_at is None
    assert "Nothing yet" in text(browser.get("/notices/"))


def test_choices_are_kept_and_what_must_be_told_cannot_be_changed_r229(cast):
    browser = client(cast.alice)
    page = text(browser.get("/account/notices/"))
    for kind, wording in WORDINGS.items():
        assert wording.when in page
        assert (f'name="{kind.value}"' in page) != wording.is_must, kind
    assert browser.post("/account/notices/", {"N6": "DIGEST", "N11": "OFF", "N9": "NEVER"}).status_code == 302
    assert dict(MailPreference.objects.values_list("kind", "choice")) == {"N6": "DIGEST", "N11": "OFF"}
    assert 'value="DIGEST" selected' in text(browser.get("/account/notices/"))
    refused = browser.post("/account/notices/", {"N12": "OFF", "N6": "OFF"})
    assert refused.status_code == 409
    assert "must be told" in text(refused)
    assert MailPreference.objects.get(kind="N6").choice == "DIGEST"
    assert AuditEvent.objects.filter(action="notice:choose_mail", actor_id=cast.alice).count() == 1


def test_an_address_that_takes_no_mail_is_shown_to_its_owner_who_may_have_it_tried_again_r229(cast, now, with_server):
    UnreachableAddress.objects.create(address="alice@example.org", reason="550 5.1.1 <b>unknown</b>", since_at=now)
    browser = client(cast.alice)
    page = text(browser.get("/account/notices/"))
    assert "Mon 2 Nov 2026 nothing is sent to alice@example.org" in page
    assert "550 5.1.1 &lt;b&gt;unknown&lt;/b&gt;" in page
    assert "takes no e-mail from us" in text(browser.get("/account/"))
    assert client(cast.ben).post("/account/notices/address/").status_code == 302
    assert UnreachableAddress.objects.exists()
    assert browser.post("/account/notices/address/").status_code == 302
    assert not UnreachableAddress.objects.exists()
    assert "E-mail goes to alice@example.org" in text(browser.get("/account/notices/"))


def test_without_a_mail_server_the_page_says_so(cast):
    assert "has no mail server yet" in text(client(cast.alice).get("/account/notices/"))


@pytest.fixture
def with_server(monkeypatch):
    """An installation that has a mail server."""
    monkeypatch.setenv("CATHEDRA_MAIL_HOST", "127.0.0.1")
    config.get.cache_clear()
    yield
    monkeypatch.undo()
    config.get.cache_clear()


def test_every_topic_and_choice_has_its_word():
    assert {wording.topic for wording in WORDINGS.values()} <= set(TOPICS)
    assert len(CHOICES) == 3
