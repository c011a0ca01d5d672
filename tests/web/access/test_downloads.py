"""The settings of downloads on the pages of sharing (R204)."""

from cathedra.db.models import Folder, Recording
from tests.web.browsing import client, text


def test_a_folder_says_who_can_download_and_its_creators_change_it_r204(cast, made, inner):
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/access/"
    assert "each owner their own. Viewers cannot." in text(browser.get(page))
    for policy, sentence in (
        ("viewers", "Everybody who can watch a recording here can download it."),
        ("nobody", "Nobody can download recordings from here, but each owner their own."),
    ):
        answer = text(browser.post(f"{page}downloads/", {"downloads-policy": policy}, follow=True))
        assert "Saved." in answer
        assert sentence in answer
        assert f'<option value="{policy}" selected>' in answer
    below = f"/folders/{inner}/access/"
    assert '<option value="folder" selected>As the folder above' in text(browser.get(below))
    assert "Nobody can download" in text(browser.get(below))
    browser.post(f"{below}downloads/", {"downloads-policy": "viewers"})
    browser.post(f"{below}downloads/", {"downloads-policy": "folder"})
    assert [Folder.objects.get(id=one).downloads for one in (cast.chemistry, inner)] == ["nobody", None]
    for wrong in ({}, {"downloads-policy": "everybody"}):
        assert "Choose who may download." in text(browser.post(f"{page}downloads/", wrong, follow=True))


def test_it_is_said_how_far_a_shared_folder_reaches_r204_r31(cast):
    Folder.objects.filter(id=cast.chemistry).update(downloads="viewers", sharing="organisation_unlisted")
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/access/"))
    assert "that is everybody who is signed in." in page


def test_a_recording_offers_stricter_policies_only_r204(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/access/"
    shown = text(browser.get(page))
    assert "Now: Creators, and the owner of a recording." in shown
    assert '<option value="viewers"' not in shown
    assert "Now: Nobody but the owner" in text(
        browser.post(f"{page}downloads/", {"downloads-policy": "nobody"}, follow=True)
    )
    assert "Choose who may download." in text(
        browser.post(f"{page}downloads/", {"downloads-policy": "viewers"}, follow=True)
    )
    assert Recording.objects.get(id=made).downloads == "nobody"
    browser.post(f"{page}downloads/", {"downloads-policy": "folder"})
    assert Recording.objects.get(id=made).downloads is None


def test_others_find_nothing_there_r42(cast, made):
    for who in (cast.ben, cast.chloe, cast.eve):
        for page in (f"/folders/{cast.chemistry}/access/downloads/", f"/recordings/{made}/access/downloads/"):
            assert client(who).post(page, {"downloads-policy": "nobody"}).status_code == 404
    assert Folder.objects.get(id=cast.chemistry).downloads is None
