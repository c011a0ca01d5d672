"""The bar of the watch page: each value as it is, each a link to where it is explained; to nobody who may not open that."""

import re

import pytest
from django.utils import timezone

from cathedra.db.models import Edit, Hold, Recording, RecordingViewer
from cathedra.db.writes import content as writes
from cathedra.domain.access import GrantRight
from cathedra.domain.library import MediaState, Publication
from cathedra.web.planned import plan_of
from tests.giving import somebody, told
from tests.lectures import lecture
from tests.web.browsing import client, text

_CELL = re.compile(r'<li><a href="([^"]*)"><span class="standing-name">([^<]*)</span>(.*?)</a></li>', re.S)


def standing(who, recording) -> dict[str, tuple[str, str]]:
    """Of each value what it is and where it leads."""
    page = text(client(who).get(f"/recordings/{recording}/"))
    return {name: (re.sub(r"<[^>]*>", "", value).strip(), address) for address, name, value in _CELL.findall(page)}


def test_a_creator_sees_how_it_stands_and_every_link_opens(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.alice, now=now, duration_ms=5_400_000)
    found = standing(cast.alice, made)
    run = plan_of(made, now).archive_run
    assert run is not None
    assert found["State"] == ("Published", f"/recordings/{made}/availability/")
    assert found["Access"] == ("Members only", f"/recordings/{made}/access/explained/")
    assert found["Use policy"] == ("Not declared", f"/recordings/{made}/use/")
    assert found["Hours"] == ("1.5 stored", f"/folders/{cast.chemistry}/hours/")
    day = f"{run.day:%a} {run.day.day} {run.day:%b %Y}"
    assert found["Keeping"] == (f"Live until {day}", f"/recordings/{made}/keeping/")
    for _value, address in found.values():
        assert client(cast.alice).get(address).status_code == 200, address


def test_whom_it_reaches_beside_its_members_is_said_r32(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    RecordingViewer.objects.create(recording_id=made, principal_id=cast.eve, given_at=now)
    assert standing(cast.alice, made)["Access"][0] == "Members and 1 other"
    Recording.objects.filter(id=made).update(sharing="organisation")
    assert standing(cast.alice, made)["Access"][0] == "Everybody signed in"


def test_under_a_grant_nothing_is_said_that_is_not_written_down_r148(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.alice, now=now)
    morgan = somebody("morgan", now=now)
    told(morgan, cast.dev, now=now, recordings=[made], rights=[GrantRight.VIEW, GrantRight.MANAGE])
    assert "under an access grant" in text(client(morgan).get(f"/recordings/{made}/"))
    assert standing(morgan, made) == {}


def test_viewers_have_none_of_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert standing(cast.ben, made) == {}


@pytest.mark.parametrize(
    ("facts", "word", "address"),
    [
        ({"publication": Publication.WAITING}, "Waiting for approval", "#approval"),
        ({"media_state": MediaState.PREPARING, "publication": Publication.DRAFT}, "Processing", "#progress"),
        ({"media_state": MediaState.FAILED, "publication": Publication.DRAFT, "failure": "No."}, "Failed", "#progress"),
    ],
)
def test_its_state_leads_to_what_is_said_of_it_on_the_page(cast, now, facts, word, address):
    made = lecture(cast.chemistry, cast.alice, now=now)
    Recording.objects.filter(id=made).update(**facts)
    assert standing(cast.alice, made)["State"] == (word, address)
    assert f'id="{address[1:]}"' in text(client(cast.alice).get(f"/recordings/{made}/"))


def test_what_holds_it_is_said_and_led_to_r87(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    Hold.objects.create(recording_id=made, kind="aup_undeclared", opened_at=now)
    found = standing(cast.alice, made)
    assert found["Use policy"] == ("To be declared", f"/recordings/{made}/use/")


def test_a_cut_changes_nothing_of_the_hours_and_a_copy_has_none_r96_r99(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now, duration_ms=5_400_000) for _ in range(2))
    Edit.objects.create(recording_id=made, version=1, cuts=[[0, 3_600_000]], looks=[], made_at=now)
    writes.show_edit(made, 1, form=1, edited_ms=1_800_000, now=now)
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    assert [standing(cast.alice, one)["Hours"][0] for one in (made, copy)] == ["1.5 stored", "0.0 stored"]


@pytest.mark.parametrize("keeping", ["ARCHIVED", "RESTORING"])
def test_what_is_in_the_archive_counts_as_archived_r101(cast, now, keeping):
    made = lecture(cast.chemistry, cast.alice, now=now, duration_ms=5_400_000)
    Recording.objects.filter(id=made).update(keeping=keeping)
    assert standing(cast.alice, made)["Hours"][0] == "1.5 archived"
