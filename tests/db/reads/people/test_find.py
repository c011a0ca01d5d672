"""Whom somebody may look up (R228, class 34), and what typed names stand for."""

from itertools import product

import pytest

from cathedra.db.models import Account
from cathedra.db.reads import people as reads
from cathedra.db.writes import access, people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import Affiliation, GroupKind
from cathedra.domain.terms import Code, Decision, PrincipalId


def keys(found) -> list[str]:
    assert not isinstance(found, Decision), found
    return [each.key for each in found]


@pytest.mark.slow
def test_r228_those_who_share_and_staff_find_people_and_groups_by_name_the_closest_first(cast, now):
    people.add_account(
        "ali", full_name="Zoe Alison", email="zoe@example.org", affiliation=Affiliation.STUDENT, password=None, now=now
    )
    people.add_group("camp:alchemy_viewers", kind=GroupKind.EXTERNAL, external_id="camp:alchemy_viewers")
    assert keys(reads.find(cast.alice, "ali")) == ["ali", "alice"]
    assert keys(reads.find(cast.alice, "zoe ALI")) == ["ali"]
    found = reads.find(cast.dev, "part stud")
    assert [(each.key, each.is_group, each.member_count) for each in found] == [("Part IA students", True, 1)]
    assert keys(reads.find(cast.alice, "al", limit=2)) == ["alice", "camp:alchemy_viewers"]
    assert keys(reads.find(cast.alice, "al", has_groups=False)) == ["alice", "ali"]
    for nothing in ("", "a", " ", "zzz", "%", "__", "\0"):
        assert keys(reads.find(cast.alice, nothing)) == [], nothing
    people.set_active(cast.alice, is_active=False, now=now)
    assert keys(reads.find(cast.dev, "alice")) == []


@pytest.mark.slow
def test_class_34_viewers_find_nobody_and_students_never_find_by_address(cast, now):
    for text in ("alice", "Part IA", "alice@example.org"):
        refused = reads.find(cast.ben, text)
        assert isinstance(refused, Decision)
        assert refused.code is Code.NO_PERMISSION
        assert isinstance(reads.resolve(cast.ben, ["alice"]), Decision)
    access.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert keys(reads.find(cast.eve, "chloe")) == ["chloe"]
    for text in ("alice@example.org", "alice@", "example.org", "@example"):
        assert keys(reads.find(cast.eve, text)) == [], text
    assert keys(reads.find(cast.alice, "Chloe@example.org")) == ["chloe"]
    for part in ("chloe@", "@example.org", "example.org", "hloe@example.org"):
        assert keys(reads.find(cast.alice, part)) == [], part


def test_class_34_no_answer_holds_an_address(cast):
    emails = Account.objects.values_list("email", flat=True)
    for text, email in product(("alice", "chloe@example.org"), emails):
        assert email not in repr(reads.find(cast.dev, text))


def test_names_that_were_typed_stand_for_people_and_groups_or_are_named_as_missing(cast, now):
    people.set_active(cast.eve, is_active=False, now=now)
    found, missing = reads.resolve(cast.alice, ["BEN", "part ia STUDENTS", "nobody", "eve"])
    assert (found[0].id, found[0].is_group) == (cast.ben, False)
    assert found[1].is_group
    assert missing == ("nobody", "eve")
