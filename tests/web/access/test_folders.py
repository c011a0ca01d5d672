"""The page of a folder's sharing: members, level, inheritance, leaving (R29 to R40)."""

from cathedra.db.models import Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text


def test_people_and_groups_are_added_and_removed_by_name(cast):
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/access/"
    shown = text(browser.get(page))
    for words in ("Part IA students", "1 member", "Chloe", "Publisher", "This folder has members of its own."):
        assert words in shown
    answer = browser.post(page, {"people": "eve", "role": "content_organizer", "tells": "on"}, follow=True)
    assert "Added: Eve." in text(answer)
    assert reads.roles_on(cast.eve, cast.chemistry) == {FolderRole.CONTENT_ORGANIZER}
    answer = browser.post(page, {"people": "nobody", "role": "viewer"})
    assert answer.status_code == 422
    assert "Nobody here is called: nobody." in text(answer)
    browser.post(f"{page}remove/", {"principal": cast.eve, "role": "content_organizer"})
    assert reads.roles_on(cast.eve, cast.chemistry) == frozenset()
    assert browser.post(f"{page}remove/", {"principal": "?", "role": "viewer"}).status_code == 302


def test_an_organizer_is_offered_viewers_only_and_refused_more_rows_12_and_13(cast):
    alice, eve, page = client(cast.alice), client(cast.eve), f"/folders/{cast.chemistry}/access/"
    alice.post(page, {"people": "eve", "role": "content_organizer"})
    assert 'value="creator"' not in text(eve.get(page)).split("Members")[0]
    assert eve.post(page, {"people": "dev", "role": "creator"}).status_code == 422
    assert eve.post(f"{page}remove/", {"principal": cast.alice, "role": "creator"}).status_code == 404
    assert eve.post(page, {"people": "dev", "role": "viewer"}).status_code == 302


def test_who_leaves_is_asked_first_r39_r40(cast):
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/access/"
    me = {"principal": cast.alice, "role": "creator"}
    assert "You are the last Creator here." in text(browser.post(f"{page}remove/", me, follow=True))
    browser.post(page, {"people": "eve", "role": "creator"})
    assert "Take your own role away?" in text(browser.post(f"{page}remove/", me))
    assert reads.roles_on(cast.alice, cast.chemistry) == {FolderRole.CREATOR}
    assert browser.post(f"{page}remove/", {**me, "confirmed": "1"})["Location"] == "/"
    assert reads.roles_on(cast.alice, cast.chemistry) == frozenset()


def test_the_level_is_saved_as_far_as_the_cap_goes_r31_r33(cast):
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/access/"
    assert "Public: anybody" not in text(browser.get(page))
    for level, told in (("organisation", "Saved."), ("public", "needs an exemption"), ("?", "Choose whom")):
        assert told in text(browser.post(f"{page}level/", {"level-level": level}, follow=True))
    assert Folder.objects.get(id=cast.chemistry).sharing == "organisation"


def test_inheritance_is_stopped_and_begun_again_with_who_loses_access_r29_r30(cast, inner):
    browser, page = client(cast.alice), f"/folders/{inner}/access/"
    assert "This folder inherits from “Part IA”" in text(browser.get(page))
    assert "members of its own?" in text(browser.get(f"{page}inherit/"))
    browser.post(f"{page}inherit/", {"members": "copy"})
    browser.post(page, {"people": "eve", "role": "viewer"})
    asked = browser.get(f"{page}inherit/")
    listed = text(asked).split("These roles end")[1]
    assert "Eve" in listed
    assert "Chloe" not in listed
    assert "changed meanwhile" in text(browser.post(f"{page}inherit/", {"seen": "?"}, follow=True))
    assert not Folder.objects.get(id=inner).inherits
    browser.post(f"{page}inherit/", {"seen": asked.context["seen"]})
    assert Folder.objects.get(id=inner).inherits
    browser.post(f"{page}inherit/", {"members": "none"})
    assert len(reads.effective_members(inner)) == 1


def test_recordings_with_a_level_of_their_own_are_named_and_let_follow_r50(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Open to all here", now=now, sharing="organisation")
    lecture(cast.chemistry, cast.alice, title="Later", now=now, start="never")
    writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CONTENT_ORGANIZER, now=now)
    page, clear = f"/folders/{cast.chemistry}/access/", f"/folders/{cast.chemistry}/availability/clear/"
    for who in (cast.alice, cast.eve):  # levels are given up by who shares
        shown = text(client(who).get(page))
        assert f'<a href="/recordings/{made}/access/">Open to all here</a>' in shown
        assert "Later" not in shown
        assert f'action="{clear}"' in shown
    answer = client(cast.eve).post(clear)
    assert (answer.status_code, answer["Location"]) == (302, page)  # an Organizer sets no times
    assert Recording.objects.filter(start="never").count() == 1
    assert Recording.objects.get(id=made).sharing is None
    assert "Open to all here" not in text(client(cast.alice).get(page))


def test_what_disappears_is_said_before_a_folder_inherits_approval_r69(cast, now):
    week = library.add_folder("Week", kind="course", parent_id=cast.chemistry, inherits=False, now=now)
    writes.add_member(week, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    lecture(week, cast.alice, now=now)
    page, browser = f"/folders/{week}/access/inherit/", client(cast.alice)
    assert "disappears from Viewers" not in text(browser.get(page))
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    assert "1 published recording disappears from Viewers" in text(browser.get(page))
    Folder.objects.filter(id=week).update(start="when_approved")
    assert "disappears from Viewers" not in text(browser.get(page))  # it is approved there already
