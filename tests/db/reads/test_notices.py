"""Everybody reads their own notices and no others; staff see what became of letters, never what they say."""

import dataclasses
from datetime import timedelta

import pytest

from cathedra.db.models import Account, Letter, Notice, UnreachableAddress
from cathedra.db.reads import notices as reads
from cathedra.db.reads import people
from cathedra.db.writes import notices as writes
from cathedra.domain.notices import WORDINGS, LetterState, MailChoice, NoticeKind, Window
from cathedra.domain.people import SystemRole

pytestmark = pytest.mark.django_db
READY = NoticeKind.RECORDING_READY


def tell(to, count, now):
    for number in range(count):
        writes.add(
            READY, event=str(number), to=to, values={**WORDINGS[READY].example, "title": f"Secret {number}"},
            link=f"/r/{number}/", now=now + timedelta(seconds=number // 2),
        )  # fmt: skip


def test_a_list_holds_ones_own_from_the_newest_page_by_page(cast, now):
    tell([cast.alice, cast.chloe], 5, now)
    Notice.objects.filter(recipient_id=cast.alice, event__in=("1", "4")).update(read_at=now)
    seen, after = [], ""
    while True:
        page = reads.list_notices(cast.alice, after=after, limit=2)
        seen += [row.link for row in page.rows]
        if not (after := page.after):
            break
    assert sorted(seen) == [f"/r/{number}/" for number in range(5)]
    assert seen[0] == "/r/4/"
    unread = reads.list_notices(cast.alice, only_unread=True, limit=9)
    assert sorted(row.link for row in unread.rows) == ["/r/0/", "/r/2/", "/r/3/"]
    assert reads.list_notices(cast.ben, limit=9).rows == ()
    assert [people.get_person(one).unread_notices for one in (cast.alice, cast.chloe, cast.ben)] == [3, 5, 0]
    assert reads.list_notices(cast.alice, after="nonsense", limit=9).rows


def test_a_link_is_its_readers_alone(cast, now):
    tell([cast.alice], 1, now)
    mine = Notice.objects.get()
    assert reads.get_link(cast.alice, mine.id) == "/r/0/"
    with pytest.raises(reads.NoticeNotFound):
        reads.get_link(cast.chloe, mine.id)


def test_choices_and_the_address_are_ones_own(cast, now):
    writes.set_choice(cast.alice, READY, MailChoice.DIGEST)
    writes.set_choice(cast.alice, READY, MailChoice.OFF)
    assert (reads.list_choices(cast.alice), reads.list_choices(cast.ben)) == ({READY: MailChoice.OFF}, {})
    Account.objects.filter(id=cast.alice).update(email="Alice@Example.org")
    assert writes.mark_unreachable("ALICE@example.org", reason="550", now=now)
    assert not writes.mark_unreachable("alice@example.org", reason="551", now=now)
    assert reads.mail_standing(cast.alice) == reads.MailStanding("Alice@Example.org", "550", now)
    assert not reads.mail_standing(cast.ben).is_unreachable
    assert not reads.is_reachable(cast.alice)
    Account.objects.filter(id=cast.ben).update(is_active=False, deactivated_at=now)
    assert not reads.is_reachable(cast.ben)
    assert writes.forget_unreachable("Alice@example.org")
    assert reads.is_reachable(cast.alice)


def test_staff_see_what_became_of_letters_and_nothing_of_what_they_say(cast, now):
    tell([cast.alice], 3, now)
    letter = writes.add_letter(
        list(Notice.objects.values_list("id", flat=True)), recipient=cast.alice, address="alice@example.org",
        kind=READY, window_at=now, now=now,
    )  # fmt: skip
    UnreachableAddress.objects.create(address="x@example.org", reason="550 no", since_at=now)
    [row] = reads.list_letters(limit=9).rows
    assert (row.id, row.count, row.kind, row.state) == (letter, 3, READY, LetterState.QUEUED)
    assert "Secret" not in str(dataclasses.asdict(row))
    assert reads.list_letters(after=reads.list_letters(limit=9).after, limit=9).rows
    [bad] = reads.list_unreachable(limit=9)
    assert (bad.address, bad.reason) == ("x@example.org", "550 no")
    assert reads.count_waiting(now=now) == 1
    assert reads.count_waiting(now=now - timedelta(seconds=1)) == 0


def test_the_hour_that_runs_is_known_for_people_and_for_addresses_outside(cast, now):
    for at in (now - timedelta(minutes=70), now - timedelta(minutes=5), now - timedelta(minutes=5)):
        common = {"kind": READY, "state": "QUEUED", "window_at": at, "created_at": at, "due_at": at}
        Letter.objects.create(recipient_id=cast.alice, address="alice@example.org", **common)
        Letter.objects.create(address="desk@example.org", **common)
    writes.add(
        READY, event="x", to=[cast.alice, cast.ben], values=WORDINGS[READY].example, link="/", now=now,
        addresses=["desk@example.org"],
    )  # fmt: skip
    windows = reads.list_windows(reads.list_due(now=now, limit=9), now=now)
    hour = Window(now - timedelta(minutes=5), 2)
    assert windows == {(str(cast.alice), READY): hour, ("desk@example.org", READY): hour}


def test_who_holds_a_role_is_told_unless_the_account_is_closed(cast, now):
    assert people.list_holders(SystemRole.SERVICE_ADMIN) == [cast.dev]
    Account.objects.filter(id=cast.dev).update(is_active=False, deactivated_at=now)
    assert people.list_holders(SystemRole.SERVICE_ADMIN) == []
