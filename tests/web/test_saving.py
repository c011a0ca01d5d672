"""The page that saves a recording anew says what becomes of hours, link and cuts; the old address names the new one to who
may watch that (R42, R57, R103, R109)."""

import pytest
from django.test import Client

from cathedra.actions import metering
from cathedra.db.models import Edit, Hold, Recording, Saving
from cathedra.db.writes import content
from cathedra.db.writes import saving as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.metering import Cause
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original, lecture
from tests.web.browsing import client

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, now):
    """An hour and a half, of which half an hour is cut."""
    recording = lecture(cast.chemistry, cast.alice, now=now, duration_ms=5_400_000)
    keep_original(recording, MemoryStore())
    Edit.objects.create(recording_id=recording, version=1, cuts=[[0, 1_800_000]], made_at=now)
    content.show_edit(recording, 1, form=1, edited_ms=3_600_000, now=now)
    with transaction():
        metering.settle([recording], cause=Cause.READY, now=now)
    return recording


def page(who, recording):
    browser = who if isinstance(who, Client) else client(who)
    answer = browser.get(f"/recordings/{recording}/save-anew/")
    return " ".join(answer.content.decode().split())


def test_r109_it_states_the_hours_of_both_meters_and_that_saving_alone_frees_nothing(cast, made):
    said = page(cast.alice, made)
    rows = [one.split("</tr>")[0] for one in said.split('<th scope="row">')[1:]]
    assert [[part.split(" <")[0] for part in row.split('nowrap">')[1:]] for row in rows] == [
        ["1.5", "1.5"],
        ["2.5", "1.5"],
        ["1.0", "1.5"],
    ], "stored rises first; nothing is recorded again, nor taken back (R98)"
    assert "without the 30 minutes that are cut" in said
    assert "Saving alone frees nothing" in said
    assert "The new recording has a new link." in said
    assert "after 90 days in the bin" in said
    assert f"/recordings/{made}/save-anew/" in client(cast.alice).get(f"/recordings/{made}/editor/").content.decode()


def test_r103_asked_for_it_goes_to_the_new_one_and_the_page_says_that_it_is_being_made(cast, made):
    alice = client(cast.alice)
    assert (
        alice.post(f"/recordings/{made}/save-anew/", {"version": "0"})["Location"] == f"/recordings/{made}/save-anew/"
    )
    assert "Somebody has saved other cuts" in page(alice, made), "R53: as what was not looked at it is not saved"
    for wrong in ("", "x", "99999999999", "²"):
        alice.post(f"/recordings/{made}/save-anew/", {"version": wrong})
    assert not Saving.objects.exists()
    went = alice.post(f"/recordings/{made}/save-anew/", {"version": "1"})["Location"]
    new = Saving.objects.get().recording_id
    assert went == f"/recordings/{new}/"
    assert alice.get(went).status_code == 200
    assert "The new recording is being made" in page(cast.alice, made)
    assert f'href="/recordings/{new}/"' in page(cast.alice, made)
    writes.remove(new, problem="It was as if nothing had been.", now=Saving.objects.get().asked_at)
    assert "It was as if nothing had been." in page(cast.alice, made)


def test_what_is_in_the_way_is_said_instead_of_offered(cast, made, now):
    Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
    said = page(cast.alice, made)
    assert "This recording is on hold" in said
    assert "put this one into the bin" not in said


def test_r38_it_is_for_who_may_edit_it_and_who_may_not_delete_it_is_told_so(cast, made, now):
    for who in (cast.ben, cast.chloe, cast.dev, None):
        assert client(who).get(f"/recordings/{made}/save-anew/").status_code in (404, 302, 401)
    assert client(cast.ben).post(f"/recordings/{made}/save-anew/", {"version": "1"}).status_code == 404


def test_r57_the_old_address_names_the_new_one_to_who_may_watch_that_and_to_nobody_else(cast, made, now):
    new = lecture(cast.chemistry, cast.alice, now=now, title="Entropy, kept")
    Saving.objects.create(original_id=made, recording_id=new, version=1, asked_at=now, ended_at=now)
    Recording.objects.filter(id=made).update(keeping="RECYCLED", recycled_from="ONLINE")
    link = f'href="/recordings/{new}/"'
    theirs = client(cast.ben).get(f"/recordings/{made}/")
    assert (theirs.status_code, link in theirs.content.decode()) == (404, True)
    assert link in client(cast.alice).get(f"/recordings/{made}/").content.decode()
    assert "Entropy, kept" not in client(cast.eve).get(f"/recordings/{made}/").content.decode()
    before = client(cast.eve).get(f"/recordings/{made}/").content.decode()
    Saving.objects.all().delete()
    strip = lambda text: text.split("<main")[1].split("csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(before) == strip(client(cast.eve).get(f"/recordings/{made}/").content.decode()), "R42"
    assert link not in client(cast.ben).get(f"/recordings/{made}/").content.decode()


def test_r58_so_does_the_tombstone(cast, made, now):
    from cathedra.db.models import Tombstone

    new = lecture(cast.chemistry, cast.alice, now=now, title="Entropy, kept")
    Saving.objects.create(original_id=made, recording_id=new, version=1, asked_at=now, ended_at=now)
    Recording.objects.filter(id=made).update(keeping="PURGED")
    Tombstone.objects.create(
        recording_id=made, owner_id=cast.alice, folder_id=cast.chemistry, folder_path="", title="Entropy",
        created_at=now, purged_at=now, reason="bin",
    )  # fmt: skip
    gone = client(cast.ben).get(f"/recordings/{made}/")
    assert (gone.status_code, f'href="/recordings/{new}/"' in gone.content.decode()) == (410, True)
    Recording.objects.filter(id=new).update(keeping="RECYCLED", recycled_from="ONLINE")
    assert f"/recordings/{new}/" not in client(cast.ben).get(f"/recordings/{made}/").content.decode()
