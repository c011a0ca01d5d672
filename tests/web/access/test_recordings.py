"""The page of a recording's sharing: extra viewers, a level without effect, the one step (R24, R32, R35, R50)."""

from cathedra.db.models import Folder, Recording, RecordingViewer
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.web.browsing import client, text


def test_viewers_of_one_recording_r24(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/access/"
    assert "Added: Eve." in text(browser.post(page, {"people": "eve"}, follow=True))
    assert client(cast.eve).get(f"/recordings/{made}/").status_code == 200
    browser.post(f"{page}remove/", {"principal": cast.eve})
    assert not RecordingViewer.objects.exists()
    assert browser.post(f"{page}remove/", {"principal": "?"}).status_code == 302
    assert browser.post(page, {"people": ""}).status_code == 422


def test_a_stricter_level_says_that_it_has_no_effect_and_leads_to_the_one_step_r32_r35(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/access/"
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation")
    shown = text(browser.post(f"{page}level/", {"level-level": "restricted"}, follow=True))
    assert "The level of this recording has no effect." in shown
    assert f"{page}restrict/" in shown
    asked = text(browser.get(f"{page}restrict/"))
    assert "The policy advises to give recordings of a course to the whole course." in asked
    assert browser.post(f"{page}restrict/", {"people": "eve", "name": ""}).status_code == 422
    answer = browser.post(f"{page}restrict/", {"people": "eve", "name": "Seminar"}, follow=True)
    assert "Only they and those who run the folder see it now." in text(answer)
    assert Recording.objects.get(id=made).folder.name == "Seminar"
    seen = {name: client(getattr(cast, name)).get(f"/recordings/{made}/").status_code for name in ("eve", "ben")}
    assert seen == {"eve": 200, "ben": 404}


def test_a_recording_follows_its_folder_again_r50(cast, made, now):
    browser, page = client(cast.alice), f"/recordings/{made}/access/"
    browser.post(f"{page}level/", {"level-level": "organisation"})
    assert "This recording has settings of its own" in text(browser.get(page))
    here = f"/folders/{cast.chemistry}/"
    access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CONTENT_ORGANIZER, now=now)
    marked = {
        name: ["Own settings" in text(client(getattr(cast, name)).get(here + view)) for view in ("", "?view=cards")]
        for name in ("alice", "chloe", "eve", "ben")
    }
    changing = [True, True]
    wanted = {"alice": changing, "chloe": changing, "eve": changing, "ben": [False, False]}
    assert marked == wanted, "for who shares, or sets when; a Viewer changes neither"
    assert "follows its folder again" in text(browser.post(f"{page}follow/", follow=True))
    assert "Own settings" not in text(browser.get(f"/folders/{cast.chemistry}/"))
    assert "needs an exemption" in text(browser.post(f"{page}level/", {"level-level": "public"}, follow=True))
    assert "Choose whom" in text(browser.post(f"{page}level/", {"level-level": "?"}, follow=True))
