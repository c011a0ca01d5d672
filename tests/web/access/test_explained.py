"""Access explained: every path, what is in the way, one person (R37)."""

from datetime import timedelta

from django.utils import timezone

from cathedra.db.models import AccessGrant, AccessGrantItem, Folder, Recording
from cathedra.db.writes import access as writes
from cathedra.db.writes import people
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import PrincipalId
from tests.web.browsing import client, text


def grant(cast, name, recording, **more):
    staff = people.add_account(
        name, full_name=name.title(), email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=cast.now
    )
    now = timezone.now()
    made = AccessGrant.objects.create(
        grantee_id=staff,
        purpose="manage_system",
        explanation="x",
        rights=["view"],
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=1),
        granted_by_id=cast.dev,
        granted_at=now,
        live_since=now - timedelta(hours=1),
        **more,
    )
    AccessGrantItem.objects.create(grant=made, recording_id=recording)


def test_every_path_is_there_but_the_grant_that_the_owner_is_not_told_of_r37_r146(cast, made):
    writes.add_viewers(made, [PrincipalId(cast.eve)], by=cast.alice, now=cast.now)
    Recording.objects.filter(id=made).update(sharing="organisation_unlisted")
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation")
    grant(cast, "gwen", made)
    later = timezone.now() + timedelta(days=5)
    grant(cast, "hugo", made, deferred_reason="inquiry", deferred_by_id=cast.dev, review_at=later)
    shown = text(client(cast.alice).get(f"/recordings/{made}/access/explained/"))
    for words in (
        "Owns this recording",
        "Member of the folder “Part IA”",
        "Part IA students",
        "Added to this recording alone",
        "Let in by the service to “Secret title”",
        "Gwen",
        "By the sharing of “Part IA”",
        "finds it in lists and search",
        "with the link",
        "Nothing is in the way",
    ):
        assert words in shown, words
    assert "Hugo" not in shown


def test_what_is_in_the_way_is_said_r37(cast, made):
    browser = client(cast.alice)
    Recording.objects.filter(id=made).update(publication="WAITING")
    assert "waiting for a Publisher" in text(browser.get(f"/recordings/{made}/access/explained/"))
    page = f"/folders/{cast.chemistry}/access/explained/"
    assert "Nothing is in the way" in text(browser.get(page))
    Folder.objects.filter(id=cast.chemistry).update(start="never_unless_session")
    assert "see no recordings but those" in text(browser.get(page))
    Folder.objects.filter(id=cast.chemistry).update(start="date", starts_at=timezone.now() + timedelta(days=1))
    assert "Its Viewers see recordings from" in text(browser.get(page))


def test_one_person_is_answered_with_the_code_and_the_ways_r37_r41(cast, made, inner):
    browser, page = client(cast.alice), f"/recordings/{made}/access/explained/"
    ben = text(browser.get(page, {"person": "ben"}))
    assert "Ben can see it now." in ben
    assert "Part IA students" in ben.split("What lets them in")[1]
    eve = text(browser.get(page, {"person": "eve"}))
    assert "Eve cannot see it now." in eve
    assert "NO_PERMISSION" in eve
    assert "Nothing lets them in" in eve
    assert "Nobody here is called: zoe." in text(browser.get(page, {"person": "zoe"}))
    folder = text(browser.get(f"/folders/{inner}/access/explained/", {"person": "ben"}))
    assert "Ben can see it now." in folder
    assert "Member of “Part IA”, from which the folder inherits" in folder
    assert f"/recordings/{made}/access/explained/" in text(browser.get(f"/recordings/{made}/"))
