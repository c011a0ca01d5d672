"""Access explained: every path, what is in the way, one person (R37)."""

from datetime import timedelta

from django.utils import timezone

from cathedra.actions import grants
from cathedra.db.models import AccessGrant, AccessGrantItem, Folder, Recording
from cathedra.db.writes import access as writes
from cathedra.db.writes import people
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.terms import PrincipalId
from tests.giving import DAY, POLICY, by, give, somebody
from tests.giving import told as told_grant
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
    put_off = {"deferred_reason": "inquiry", "deferred_by_id": cast.dev, "review_at": later}
    grant(cast, "hugo", made, is_notice_held=True, **put_off)
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


def put_off(grantee, cast, now, **more):
    """A grant in force of which the owner is not told yet."""
    second = somebody("second", SystemRole.SERVICE_ADMIN, now=now)
    given = give(grantee, cast.dev, now=now, is_notice_held=True, **more)
    reason = "A security incident is looked into."
    permitted = grants.defer_notice(
        given.grant_id,
        ground="security_incident",
        reason=reason,
        review_at=now + 9 * DAY,
        policy=POLICY,
        actor=by(second),
        now=now,
    )
    assert permitted.is_permitted
    return given.grant_id


def test_nobody_learns_of_a_grant_from_the_answer_about_one_person_before_the_owner_is_told_r37_r147(cast, made):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    grant_id = put_off(morgan, cast, now, recordings=[made])
    browser, page = client(cast.alice), f"/recordings/{made}/access/explained/"
    held = text(browser.get(page, {"person": "morgan"}))
    assert "Morgan cannot see it now." in held
    assert "NO_PERMISSION" in held
    assert browser.get(f"/api/recordings/{made}/access", {"person": morgan}).json()["person_meets"] == "NO_PERMISSION"
    grants.tell_now(grant_id, actor=by(cast.dev), now=now)
    shown = text(browser.get(page, {"person": "morgan"}))
    assert "Morgan can see it now." in shown
    assert "Let in by the service to “Secret title”" in shown
    assert browser.get(f"/api/recordings/{made}/access", {"person": morgan}).json()["person_meets"] == "ALLOW"


def test_nor_from_the_answer_about_a_folder_r37_r147(cast, inner):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    grant_id = put_off(morgan, cast, now, folders=[cast.chemistry])
    browser, page = client(cast.alice), f"/folders/{inner}/access/explained/"
    api = f"/api/folders/{inner}/access"
    assert "Morgan cannot see it now." in text(browser.get(page, {"person": "morgan"}))
    assert browser.get(api, {"person": morgan}).json()["person_meets"] == "NO_PERMISSION"
    grants.tell_now(grant_id, actor=by(cast.dev), now=now)
    assert "Let in by the service to “Part IA”" in text(browser.get(page, {"person": "morgan"}))
    assert browser.get(api, {"person": morgan}).json()["person_meets"] == "ALLOW"


def test_a_grant_that_counts_for_one_owner_is_a_path_to_their_recordings_r37_r146(cast, made, inner):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    told_grant(morgan, cast.dev, now=now, folders=[cast.chemistry])
    for page in (f"/recordings/{made}/access/explained/", f"/folders/{inner}/access/explained/"):
        shown = text(client(cast.alice).get(page, {"person": "morgan"}))
        assert "Morgan can see it now." in shown
        assert "Let in by the service to “Part IA”" in shown, page
    untold = somebody("nora", now=now)
    give(untold, cast.dev, now=now, recordings=[made])
    shown = text(client(cast.alice).get(f"/recordings/{made}/access/explained/", {"person": "nora"}))
    assert "Nora cannot see it now." in shown
    assert "Let in by the service to “Secret title”" not in shown
