"""`cathedra mail bounce < message`."""

import io
import sys
from types import SimpleNamespace

import pytest

from cathedra.cli import mail
from cathedra.db.models import Letter, UnreachableAddress
from cathedra.db.writes import notices as writes
from tests.actions.test_notices import REPORT

pytestmark = pytest.mark.django_db


def pipe(monkeypatch, capsys, content: bytes) -> str:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert mail.run(SimpleNamespace(verb="bounce")) == 0
    return capsys.readouterr().out


def test_a_report_about_a_letter_of_ours_stops_what_would_follow_r229(cast, now, monkeypatch, capsys):
    letter = writes.add_letter([], recipient=cast.alice, address="alice@example.org", kind=None, window_at=now, now=now)
    Letter.objects.filter(id=letter).update(state="SENT", sent_at=now)
    for content in (b"", b"Subject: hello\n\nx"):
        assert pipe(monkeypatch, capsys, content) == "Nothing follows from this message.\n"
    report = REPORT.format(id=letter, action="failed", status="5.1.1").encode()
    assert pipe(monkeypatch, capsys, report) == "Nothing more is sent to alice@example.org.\n"
    assert UnreachableAddress.objects.get().address == "alice@example.org"
