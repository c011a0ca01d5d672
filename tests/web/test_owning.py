"""The page on which a recording is made somebody else's: what it says, what it refuses, where it leads (R219)."""

import pytest
from django.utils import timezone

from cathedra.db.models import Account, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.fixture
def made(cast):
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=timezone.now())
    return lecture(cast.chemistry, cast.alice, title="One", now=timezone.now())


def login(account_id):
    return Account.objects.get(id=account_id).login_name


def test_a_creator_hands_it_on_and_comes_back_to_it_r219(cast, made):
    address, alice = f"/recordings/{made}/owner/", client(cast.alice)
    assert f'href="{address}"' in text(alice.get(f"/recordings/{made}/"))
    assert "It can be given to a Creator of its folder. These are: Dev." in text(alice.get(address))
    answer = alice.post(address, {"owner": login(cast.dev)})
    assert (answer.status_code, answer["Location"]) == (302, f"/recordings/{made}/")
    assert Recording.objects.get(id=made).owner_id == cast.dev


@pytest.mark.parametrize(("who", "says"), [("ben", "is not a Creator of its folder"), ("", "Say who is to own it."),
                                           ("nobody-here", "Nobody here is called")])  # fmt: skip
def test_what_does_not_go_is_said_beside_the_field_r219(cast, made, who, says):
    key = login(getattr(cast, who)) if hasattr(cast, who) and who else who
    answer = client(cast.alice).post(f"/recordings/{made}/owner/", {"owner": key})
    assert answer.status_code == 422
    assert says in text(answer)
    assert Recording.objects.get(id=made).owner_id == cast.alice


def test_who_gives_away_what_they_then_have_no_more_to_do_with_comes_home(cast, made):
    Recording.objects.filter(id=made).update(owner_id=cast.eve)  # without a role on the folder
    people.give_system_role(cast.eve, SystemRole.CAPTION_REQUESTER, reason="finds people", now=timezone.now())
    answer = client(cast.eve).post(f"/recordings/{made}/owner/", {"owner": login(cast.dev)})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_viewers_are_offered_nothing_and_find_nothing_r42(cast, made):
    ben = client(cast.ben)
    assert "/owner/" not in text(ben.get(f"/recordings/{made}/"))
    assert ben.get(f"/recordings/{made}/owner/").status_code == 404


def test_the_service_comes_from_its_own_page_and_may_name_anybody_r222_r219(cast, made):
    people.give_system_role(cast.eve, SystemRole.SERVICE_ADMIN, reason="runs the service", now=timezone.now())
    eve, address = client(cast.eve), f"/recordings/{made}/owner/"
    assert f'href="{address}"' in text(eve.get(f"/staff/recordings/{made}/"))
    assert "It can be given to a Creator" not in text(eve.get(address))
    answer = eve.post(address, {"owner": login(cast.ben)})
    assert answer["Location"] == f"/staff/recordings/{made}/"
    assert Recording.objects.get(id=made).owner_id == cast.ben
