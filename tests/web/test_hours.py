"""Own hours and a folder's hours: who sees them, what they say, and what would free how many (R108, R109, R111)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import metering
from cathedra.actions.metering import HourLimits
from cathedra.db.models import AuditEvent, Department, Folder, Hold, Recording
from cathedra.db.writes import access, playback
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.metering import Cause
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.fixture
def shelf(cast):
    """Of Alice's: two hours in the bin, three nobody watched, five watched by Ben, seven archived; one hour of Eve's.
    All of this licence year, whenever this runs."""
    now = timezone.now()
    old = now - timedelta(days=100)
    hour = 3_600_000
    made = [
        lecture(cast.chemistry, cast.alice, now=old, title=title, duration_ms=hours * hour, uploaded_at=now, **facts)
        for title, hours, facts in (
            ("Thrown away", 2, {"keeping": "RECYCLED"}),
            ("Unseen", 3, {}),
            ("Seen", 5, {}),
            ("Put by", 7, {"keeping": "ARCHIVED"}),
        )
    ]
    made.append(lecture(cast.physics, cast.eve, now=old, title="Of another", duration_ms=hour))
    playback.set_position(cast.ben, made[2], position_ms=5, now=now)
    with transaction():
        metering.settle(made, cause=Cause.READY, now=now)
    return made


@pytest.mark.slow
def test_r108_r111_everyone_sees_their_own_hours_and_what_each_would_free(cast, shelf):
    page = text(client(cast.alice).get("/account/hours/"))
    for said in ("17.0 hours in the licence year", "10.0 hours, of which 2.0 are in the bin", "7.0 hours"):
        assert said in page, said
    assert "Of another" not in page
    assert "Put by" not in page  # nothing of it is stored
    bin_, unwatched, largest = (
        page.split(f'id="{name}"')[1].split("</table>")[0] for name in ("bin", "unwatched", "largest")
    )
    assert ("Thrown away" in bin_, "Unseen" in bin_, "2.0" in bin_) == (True, False, True)
    assert ("Unseen" in unwatched, "Seen<" in unwatched, "3.0" in unwatched) == (True, False, True)
    assert largest.index(">Seen<") < largest.index(">Unseen<")
    assert f"/recordings/{shelf[1]}/" in unwatched
    assert "Deleting alone frees nothing" in page  # R109
    saves = page.split('id="savings"')[1]
    assert saves.index("Archive what nobody has watched") < saves.index("Empty the bin")
    Hold.objects.create(recording_id=shelf[1], kind="policy", opened_at=timezone.now())
    page = text(client(cast.alice).get("/account/hours/"))
    assert 'id="unwatched"' not in page  # it stays, whatever anybody wants
    assert "On hold" in page
    assert "contact you are" not in page
    Department.objects.update(contact_email="Alice@Example.org")
    page = text(client(cast.alice).get("/account/hours/")).split('id="departments"')[1]
    assert ("Chemistry" in page, "17.0" in page, "10.0" in page) == (True, True, True)
    nothing = text(client(cast.chloe).get("/account/hours/"))
    assert "Nothing of yours is stored" in nothing
    assert client().get("/account/hours/").status_code == 302


@pytest.mark.slow
def test_r111_creators_see_their_folders_hours_and_viewers_do_not(cast, shelf):
    address = f"/folders/{cast.chemistry}/hours/"
    for who, status in ((cast.alice, 200), (cast.ben, 404), (cast.chloe, 404), (cast.eve, 404), (cast.dev, 200)):
        assert client(who).get(address).status_code == status, who
    assert AuditEvent.objects.filter(
        target_id=str(cast.chemistry), actor_id=cast.dev
    ).exists()  # R223: a look by office
    page = text(client(cast.alice).get(address))
    for said in ("10.0 hours, of which 2.0 are in the bin", "17.0 hours in the licence year", "Empty the bin"):
        assert said in page, said
    assert "Unseen" not in page  # sums, nothing of single recordings
    assert address in text(client(cast.alice).get(f"/folders/{cast.chemistry}/"))
    assert address not in text(client(cast.ben).get(f"/folders/{cast.chemistry}/"))
    access.add_member(cast.physics, PrincipalId(cast.ben), FolderRole.ANALYTICS_MANAGER, now=timezone.now())
    assert client(cast.ben).get(f"/folders/{cast.physics}/hours/").status_code == 200


@pytest.mark.slow
def test_r108_where_a_limit_refuses_people_are_shown_the_way_to_what_they_could_free(cast, shelf):
    upload, assignment = f"/folders/{cast.chemistry}/upload/", f"/folders/{cast.physics}/upload/"
    browser = client(cast.alice)
    assert "/account/hours/" not in text(browser.get(upload))
    year = metering.calendar().year_of(timezone.now()).label
    dev = Actor(cast.dev, Channel.WEB)
    assert metering.set_limits(year, HourLimits(None, 1, None), actor=dev, now=timezone.now()).is_permitted
    access.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=timezone.now())
    Folder.objects.filter(id=cast.physics).update(kind="assignment")
    page = text(browser.get(upload))
    assert "The hours that may be stored are used up" in page
    assert 'href="/account/hours/"' in page
    assert "used up" not in text(browser.get(assignment))  # a submission is taken
    assert "The hours that may be stored are used up" in text(browser.get("/account/hours/"))
    assert Recording.objects.count() == 5
