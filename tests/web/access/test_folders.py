"""The page of a folder's sharing: members, level, inheritance, leaving (R29 to R40)."""

from cathedra.db.models import Folder
from cathedra.db.reads import access as reads
from cathedra.domain.access import FolderRole
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
