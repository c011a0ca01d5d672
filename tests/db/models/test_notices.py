"""What the tables of notices refuse, and the indexes that their lists stand on."""

import pytest
from django.db import IntegrityError, connection, transaction

from cathedra.db.models import Letter, MailPreference, Notice, UnreachableAddress

pytestmark = pytest.mark.django_db


def test_what_may_not_be_is_refused(cast, now):
    notice = {"kind": "N6", "event": "e", "created_at": now, "due_at": now, "mail": "AT_ONCE"}
    letter = {"address": "a@example.org", "window_at": now, "created_at": now, "due_at": now}
    Notice.objects.create(recipient_id=cast.alice, **notice)
    Notice.objects.create(address="a@example.org", **notice)
    UnreachableAddress.objects.create(address="a@example.org", reason="x", since_at=now)
    MailPreference.objects.create(account_id=cast.alice, kind="N6", choice="OFF")
    refused = [
        ("notice_once", lambda: Notice.objects.create(recipient_id=cast.alice, **notice)),
        ("notice_once_outside", lambda: Notice.objects.create(address="a@example.org", **notice)),
        ("notice_one_recipient", lambda: Notice.objects.create(**notice)),
        ("notice_one_recipient", lambda: Notice.objects.create(recipient_id=cast.ben, address="x", **notice)),
        ("notice_mail", lambda: Notice.objects.create(recipient_id=cast.ben, **{**notice, "mail": "PIGEON"})),
        ("letter_claim", lambda: Letter.objects.create(state="SENDING", **letter)),
        ("letter_sent_at", lambda: Letter.objects.create(state="SENT", **letter)),
        ("letter_state", lambda: Letter.objects.create(state="LOST", **letter)),
        ("address", lambda: UnreachableAddress.objects.create(address="a@example.org", reason="x", since_at=now)),
        ("unreachable_address_small", lambda: UnreachableAddress.objects.create(address="A@b", reason="x", since_at=now)),
        ("mail_preference_once", lambda: MailPreference.objects.create(account_id=cast.alice, kind="N6", choice="OFF")),
    ]  # fmt: skip
    for name, attempt in refused:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            attempt()


def test_the_lists_have_their_indexes():
    with connection.cursor() as cursor:
        notices = connection.introspection.get_constraints(cursor, Notice._meta.db_table)
        letters = connection.introspection.get_constraints(cursor, Letter._meta.db_table)
    assert notices["notice_list"]["columns"] == ["recipient_id", "created_at", "id"]
    assert {"notice_unread", "notice_waiting"} <= set(notices)
    assert {"letter_due", "letter_window", "letter_newest"} <= set(letters)
