"""Notices are put away once a person and an event, and their e-mails as each person chose (R229)."""

import pytest

from cathedra.db.models import Account, MailPreference, Notice, UnreachableAddress
from cathedra.db.writes import notices
from cathedra.domain.notices import WORDINGS, NoticeKind, WrongNotice

pytestmark = pytest.mark.django_db


def add(kind=NoticeKind.RECORDING_READY, *, event="recording:1", to=(), now, link="/recordings/1/", **more):
    notices.add(kind, event=event, to=to, values=WORDINGS[kind].example, link=link, now=now, **more)


def test_an_event_is_told_once_to_each_however_often_it_is_repeated_r229(cast, now):
    for _ in range(3):
        add(to=[cast.alice, cast.chloe, cast.alice], now=now, addresses=["desk@example.org", " desk@example.org"])
    add(event="recording:2", to=[cast.alice], now=now)
    add(NoticeKind.APPROVED, to=[cast.alice], now=now)
    assert Notice.objects.filter(recipient_id=cast.alice).count() == 3
    assert Notice.objects.filter(recipient_id=cast.chloe).count() == 1
    assert Notice.objects.filter(address="desk@example.org", recipient=None).count() == 1


def test_each_gets_it_as_they_chose_and_what_must_be_told_goes_at_once_r229(cast, now):
    UnreachableAddress.objects.create(address="ben@example.org", reason="550 no such person", since_at=now)
    Account.objects.filter(id=cast.chloe).update(is_active=False, deactivated_at=now)
    Account.objects.filter(id=cast.eve).update(email="")
    for kind in (NoticeKind.RECORDING_READY, NoticeKind.REJECTED):
        MailPreference.objects.create(account_id=cast.alice, kind=kind, choice="OFF")
        MailPreference.objects.create(account_id=cast.dev, kind=kind, choice="DIGEST")
        add(kind, to=[cast.alice, cast.ben, cast.chloe, cast.dev, cast.eve], now=now)
    for kind, wanted in (
        (NoticeKind.RECORDING_READY, ["OFF", "UNREACHABLE", "CLOSED", "DIGEST", "NO_ADDRESS"]),
        (NoticeKind.REJECTED, ["AT_ONCE", "UNREACHABLE", "CLOSED", "AT_ONCE", "NO_ADDRESS"]),
    ):
        found = dict(Notice.objects.filter(kind=kind).values_list("recipient_id", "mail"))
        assert [found[one] for one in (cast.alice, cast.ben, cast.chloe, cast.dev, cast.eve)] == wanted, kind


def test_a_wrong_value_or_a_link_that_leaves_the_site_is_a_fault_of_ours(cast, now):
    wrong = [
        ({"title": "x"}, "/a/", "also needs: folder"),
        ({"title": "x", "folder": "y", "z": "z"}, "/a/", "no place for: z"),
        *(
            ({"title": "x", "folder": "y"}, link, "is not a path")
            for link in ("https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nBcc: x", "javascript:x")
        ),
    ]
    for values, link, says in wrong:
        with pytest.raises(WrongNotice, match=says):
            notices.add(NoticeKind.RECORDING_READY, event="e", to=[cast.alice], values=values, link=link, now=now)
    assert not Notice.objects.exists()
