"""The jobs of the notices room, through the configuration as a worker reads it."""

import mailbox
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from cathedra import config, wiring
from cathedra.actions import notices as actions
from cathedra.db.models import Letter, Notice
from cathedra.db.writes import notices as writes
from cathedra.domain import notices
from cathedra.domain.notices import WORDINGS, NoticeKind
from cathedra.domain.terms import system_actor
from cathedra.worker import notices as worker
from cathedra.worker.run import Run
from tests.actions.test_notices import REPORT
from tests.fakes.mail_server import mail_server

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def configure(monkeypatch):
    """Settings of [mail], given in the environment as an operator gives them."""

    def give(**mail) -> None:
        for name, value in mail.items():
            monkeypatch.setenv(f"CATHEDRA_MAIL_{name}".upper(), str(value))
        config.get.cache_clear()

    yield give
    monkeypatch.undo()
    config.get.cache_clear()


def test_what_is_due_is_sent_and_what_comes_back_is_taken(cast, now, configure, tmp_path):
    run = Run(system_actor(), now, None, None, 10)
    kind = NoticeKind.REJECTED
    writes.add(kind, event="1", to=[cast.alice], values=WORDINGS[kind].example, link="/upload/", now=now)
    box = mailbox.Maildir(tmp_path / "box")
    with mail_server() as server:
        configure(host="127.0.0.1", port=server.port, sender="a@example.org", bounce_folder=tmp_path / "box")
        assert worker.send_notices(run, {}) == actions.Sent(sent=1)
    [message] = server.taken
    assert config.get().site.url in message.get_body(("plain",)).get_content()
    box.add(b"Subject: buy this\n\nx")
    box.add(REPORT.format(id=Letter.objects.get().id, action="failed", status="5.1.1").encode())
    assert worker.read_bounces(run, {}) == 2
    assert Letter.objects.get().state == "UNREACHABLE"


@pytest.mark.parametrize(
    ("language", "tag", "told"),
    [
        ("en-gb", "en-GB", ("on Tue 1 Sep 2026, 00:30", "Mon 31 Aug 2026")),
        ("fr", "fr", ("on mar 1 Sep 2026, 00:30", "lun 31 Aoû 2026")),
    ],
)
def test_r229_letters_and_the_list_tell_days_as_pages_do_in_language_and_time_zone(
    cast, now, configure, language, tag, told
):
    values = {
        **WORDINGS[NoticeKind.ITEM_DELETED].example,
        "when": datetime(2026, 8, 31, 23, 30, tzinfo=UTC),
        "until": date(2026, 8, 31),
    }
    writes.add(NoticeKind.ITEM_DELETED, event="1", to=[cast.alice], values=values, link="/bin/", now=now)
    wording, kept = WORDINGS[NoticeKind.ITEM_DELETED], notices.read_back(Notice.objects.get().values)
    with mail_server() as server, translation.override(language):
        configure(host="127.0.0.1", port=server.port, sender="a@example.org")
        worker.send_notices(Run(system_actor(), now, None, None, 10), {})
        shown = " ".join(notices.paragraphs(wording, kept, wiring.in_words))
    letter = server.taken[0].get_body(("plain",)).get_content()
    for text in (" ".join(letter.split()), shown):
        assert [one for one in told if one not in text] == []
    html = server.taken[0].get_body(("html",)).get_content()
    assert f'<html lang="{tag}">' in html, "what reads it aloud chooses its voice by that"


def test_without_settings_nothing_is_sent_and_nothing_read(cast, now):
    run = Run(system_actor(), now, None, None, 10)
    kind = NoticeKind.REJECTED
    writes.add(kind, event="1", to=[cast.alice], values=WORDINGS[kind].example, link="/upload/", now=now)
    assert worker.send_notices(run, {}) == actions.Sent(kept_on_site=1)
    assert Notice.objects.get().mail == "NO_SERVER"
    assert worker.read_bounces(run, {}) == 0
