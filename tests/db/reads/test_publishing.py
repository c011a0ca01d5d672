"""Whose queue it is and who is told: the list equals the rule (house rule 7, R64, R68)."""

from datetime import timedelta

import pytest

from cathedra.db.models import Account, Hold
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library, people
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.library import FolderKind, Keeping, Publication
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture


@pytest.mark.slow
def test_the_queue_is_what_the_rule_lets_one_approve_page_by_page(cast, now):
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    made = [
        lecture(
            folder, cast.alice, title=f"{number}", now=now, publication=Publication.WAITING,
            submitted_at=now + timedelta(minutes=number),
        )
        for number, folder in enumerate([cast.chemistry, below, cast.physics] * 2)
    ]  # fmt: skip
    lecture(cast.chemistry, cast.alice, now=now)
    lecture(
        cast.chemistry, cast.alice, now=now, publication=Publication.WAITING, submitted_at=now, keeping=Keeping.ARCHIVED
    )
    held = lecture(cast.chemistry, cast.alice, now=now, publication=Publication.WAITING, submitted_at=now)
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    for who in (cast.alice, cast.ben, cast.chloe, cast.dev, cast.eve):
        wanted = [
            one
            for one in made
            if access.decide(access_reads.recording_facts(who, one), Action.APPROVE, now).is_permitted
        ]
        found, after = [], ""
        while True:
            page = reads.list_queue(who, now=now, after=after, limit=3)
            found += [row.id for row in page.rows]
            if not (after := page.after):
                break
        assert found == wanted
        assert reads.count_queue(who, now=now) == len(wanted)
    assert len(reads.list_queue(cast.chloe, now=now).rows) == 4
    assert all(line.may_watch for line in reads.list_queue(cast.chloe, now=now).rows)
    copy = lecture(
        cast.chemistry, cast.alice, now=now, origin="reference_copy", reference_of_id=made[2], publication="WAITING",
        submitted_at=now,
    )  # fmt: skip
    assert reads.find_waiting(cast.chloe, copy, now=now).may_watch, "its page says what stands in the way"
    stands_in = reads.list_queue(cast.dev, now=now).rows  # Physics has no Publisher
    assert [line.may_watch for line in stands_in] == [False, False]  # R26
    assert reads.find_waiting(cast.chloe, made[2], now=now) is None
    assert reads.find_decided(cast.chloe, made[2], now=now) is None


@pytest.mark.slow
def test_approvers_are_active_direct_by_group_by_inheritance_and_each_once_r64(cast, now):
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    group = people.add_group("Publishers", kind="internal")
    people.add_members(group, [cast.chloe, cast.eve])
    access_writes.add_member(cast.chemistry, PrincipalId(group), FolderRole.PUBLISHER, now=now)
    for folder in (cast.chemistry, below):
        assert set(reads.approvers(folder).account_ids) == {cast.chloe, cast.eve}
    Account.objects.filter(id__in=[cast.chloe, cast.eve]).update(is_active=False, deactivated_at=now)
    found = reads.approvers(below)
    assert (found.account_ids, found.are_publishers) == ((cast.dev,), False)  # R68
