"""Several recordings of a folder at once, without JavaScript: said first, then done, each judged by itself."""

import re
import uuid

import pytest

from cathedra.db.models import Folder, Hold, Recording
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


@pytest.fixture
def shelf(cast, now):
    """Three of Alice's in her folder, and one that she may not see."""
    made = [lecture(cast.chemistry, cast.alice, title=f"Part {number}", now=now) for number in (1, 2, 3)]
    return [*made, lecture(cast.physics, cast.eve, title="Elsewhere", now=now)]


def address(cast, folder_id=None):
    return f"/folders/{folder_id or cast.chemistry}/several/"


def keeping(recording_ids):
    found = dict(Recording.objects.filter(id__in=recording_ids).values_list("id", "keeping"))
    return [found[one] for one in recording_ids]


def hold(recording_id, now):
    Hold.objects.create(recording_id=recording_id, kind="legal", opened_at=now)


def test_the_list_offers_boxes_and_buttons_to_who_may_move_or_delete_and_to_nobody_else(cast, shelf):
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/"))
    assert page.count('name="recording"') == 3
    assert re.findall(r'name="verb" value="(\w+)"', page) == ["move", "follow", "archive", "restore", "recycle"]
    page = text(client(cast.ben).get(f"/folders/{cast.chemistry}/"))
    assert "Part 1" in page
    assert 'name="recording"' not in page
    assert 'name="verb"' not in page


def test_what_would_happen_is_said_first_and_changes_nothing(cast, shelf):
    page = text(client(cast.alice).get(address(cast), {"verb": "recycle", "recording": shelf[:2]}))
    assert '<h1 class="break-words">Put 2 recordings into the bin</h1>' in page
    assert re.findall(r"<bdi>(.*?)</bdi>", page) == ["Part 1", "Part 2"]
    assert "each can be taken out again. That is 90 days." in page
    assert keeping(shelf) == ["ONLINE"] * 4


def test_before_several_are_moved_it_is_said_who_gains_and_who_loses_access_r203(cast, shelf, now):
    for who, role in ((cast.alice, FolderRole.CREATOR), (cast.dev, FolderRole.CREATOR)):
        access_writes.add_member(cast.physics, PrincipalId(who), role, now=now)
    given = {"verb": "move", "recording": shelf[:2], "to": cast.physics}

    def told():
        page = text(client(cast.alice).get(address(cast), given))
        parts = (page.partition(f'id="{name}"')[2].partition("</section>")[0] for name in ("gaining", "losing"))
        return [re.findall(r'font-medium">([^<]+)<', part) for part in parts]

    assert told() == [["Eve", "Dev"], ["Part IA students", "Chloe"]]
    Recording.objects.filter(id__in=shelf[:2]).update(owner_id=cast.chloe)
    assert told() == [["Eve", "Dev"], ["Part IA students"]], "whoever owns all of them goes on seeing them"


def test_before_they_go_it_is_said_where_copies_stop_playing_too_r140_r200(cast, shelf, now):
    """Not of a copy that goes with them, of what the person may not delete, or where no copy stops playing."""
    away = lecture(cast.physics, cast.eve, title="Copy", now=now, origin="reference_copy", reference_of_id=shelf[0])
    here = lecture(cast.chemistry, cast.alice, title="Here", now=now, origin="reference_copy", reference_of_id=shelf[1])
    told, place = "Copies in these folders play some of them and stop playing too:", Folder.objects.get(id=cast.physics)

    def said(verb, *recordings, who=cast.alice):
        return text(client(who).get(address(cast), {"verb": verb, "recording": recordings}))

    for verb in ("recycle", "archive"):
        page = said(verb, *shelf[:2], here)
        assert page.index(told) < page.index('<form method="post" class="actions">'), "before the button"
        assert f"{place.name} (1)" in page
        assert "Part IA (1)" not in page, "that copy goes too"
        assert told not in said(verb, shelf[2], here)
    assert "Part IA (1)" in said("recycle", shelf[1])
    assert told not in said("follow", shelf[0])
    access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CONTENT_ORGANIZER, now=now)
    assert told not in said("recycle", shelf[0], who=cast.eve), "who may not delete it learns of no copy"
    Recording.objects.filter(id=away).update(keeping="RECYCLED")
    assert told not in said("recycle", shelf[0])


def test_all_of_it_done_is_one_line_above_the_list_t34(cast, shelf):
    browser = client(cast.alice)
    answer = browser.post(address(cast), {"verb": "recycle", "recording": shelf[:2]}, follow=True)
    assert answer.redirect_chain == [(f"/folders/{cast.chemistry}/", 302)]
    assert "2 recordings are in the bin." in text(answer)
    assert keeping(shelf) == ["RECYCLED", "RECYCLED", "ONLINE", "ONLINE"]


def test_each_is_judged_by_itself_and_what_was_not_done_is_told_with_its_rule_r130(cast, shelf, now):
    hold(shelf[1], now)
    answer = client(cast.alice).post(address(cast), {"verb": "recycle", "recording": shelf[:3]})
    page = text(answer)
    assert answer.status_code == 200
    assert keeping(shelf) == ["RECYCLED", "ONLINE", "RECYCLED", "ONLINE"]
    assert "Not everything was done" in page
    assert "1 recording is as it was" in page
    refused, done = page.split("2 recordings are in the bin.")
    assert re.findall(r"<bdi>(.*?)</bdi>", refused) == ["Part 2"]
    assert re.search(r"\((R\d+|T\d+\w?)\)</span>", refused)
    assert re.findall(r"<bdi>(.*?)</bdi>", done) == ["Part 1", "Part 3"]


def test_nothing_done_is_no_success(cast, shelf, now):
    hold(shelf[0], now)
    answer = client(cast.alice).post(address(cast), {"verb": "archive", "recording": shelf[:1]})
    assert answer.status_code == 409
    assert "Nothing was done" in text(answer)
    assert keeping(shelf) == ["ONLINE"] * 4


def test_what_is_not_in_the_folder_or_not_shown_there_is_neither_told_nor_touched_class_12(cast, shelf):
    ticked = [shelf[0], shelf[3], uuid.uuid4(), "nonsense"]
    browser = client(cast.alice)
    page = text(browser.get(address(cast), {"verb": "recycle", "recording": ticked}))
    assert "Elsewhere" not in page
    assert "2 of what you ticked are not in this folder any more" in page
    browser.post(address(cast), {"verb": "recycle", "recording": ticked})
    assert keeping(shelf) == ["RECYCLED", "ONLINE", "ONLINE", "ONLINE"]
    answer = browser.post(address(cast), {"verb": "recycle", "recording": shelf[3:]}, follow=True)
    assert "Tick recordings of this folder first" in text(answer)
    assert keeping(shelf[3:]) == ["ONLINE"]


@pytest.mark.parametrize("verb", ["", "purge", "x" * 3000])
def test_another_verb_is_refused(cast, shelf, verb):
    answer = client(cast.alice).post(address(cast), {"verb": verb, "recording": shelf[:1]})
    assert answer.status_code == 400
    assert keeping(shelf) == ["ONLINE"] * 4


def test_a_folder_is_chosen_before_anything_moves_and_what_becomes_of_each_is_said_r72(cast, shelf, now):
    access_writes.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    Folder.objects.filter(id=cast.physics).update(start="when_approved")
    browser, moving = client(cast.alice), {"verb": "move", "recording": shelf[:2]}
    page = text(browser.get(address(cast), moving))
    assert "To which folder?" in page
    assert "Move 2 recordings" in page
    assert "where they are now" in page
    assert f"to={cast.chemistry}" not in page
    link = re.search(rf'href="(\?verb=move&amp;[^"]*to={cast.physics})"', page)[1].replace("&amp;", "&")
    assert "To which folder?" in text(browser.post(address(cast), moving))
    assert Recording.objects.filter(folder_id=cast.chemistry).count() == 3
    page = text(browser.get(address(cast) + link))
    assert "2 of them wait there for a Publisher" in page
    browser.post(address(cast), {**moving, "to": str(cast.physics)})
    assert set(Recording.objects.filter(folder_id=cast.physics).values_list("title", "publication")) == {
        ("Part 1", "WAITING"), ("Part 2", "WAITING"), ("Elsewhere", "PUBLISHED"),
    }  # fmt: skip


def test_nothing_moves_to_a_folder_that_somebody_may_not_see(cast, shelf):
    moving = {"verb": "move", "recording": shelf[:2], "to": str(cast.physics)}
    page = text(client(cast.alice).post(address(cast), moving))
    assert "To which folder?" in page
    assert Recording.objects.filter(folder_id=cast.chemistry).count() == 3


def test_levels_of_their_own_are_dropped_where_there_are_any_r50(cast, shelf):
    Recording.objects.filter(id=shelf[0]).update(sharing="organisation")
    answer = client(cast.alice).post(address(cast), {"verb": "follow", "recording": shelf[:2]}, follow=True)
    assert "2 recordings follow the folder." in text(answer)
    assert list(Recording.objects.filter(id__in=shelf[:2]).values_list("sharing", flat=True)) == [None, None]


def test_who_may_do_neither_finds_no_such_page(cast, shelf):
    for somebody in (cast.ben, cast.eve):
        answer = client(somebody).post(address(cast), {"verb": "recycle", "recording": shelf[:1]})
        assert answer.status_code == 404
    assert keeping(shelf) == ["ONLINE"] * 4
