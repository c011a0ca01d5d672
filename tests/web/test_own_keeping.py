"""The page of one's own recordings and the archive, and what is done with many of them at once (R120, R125, R126)."""

import pytest

from cathedra.db.models import Account, Hold, RetentionLetGo, Source
from cathedra.db.writes import access
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.actions.retention.archives import keeping, kept, local, stores, tend, told
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r125_r126_who_answers_for_somebody_who_left_sees_which_ones_and_restores_them(cast):
    """The letter says "see which ones" to whoever it goes to: here to Alice, for what Eve has left in her folder."""
    where = stores()
    left = kept(cast, where, local(2027, 1, 10), title="Left behind", owner=cast.eve)
    elsewhere = kept(cast, where, local(2027, 1, 10), title="Of another folder", owner=cast.eve, folder=cast.physics)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=local(2027, 2, 1))
    alice, page = client(cast.alice), "/keeping/"
    assert "you answer for these" not in text(alice.get(page))
    tend(local(2027, 8, 2, 4), where)
    assert told("N30") == sorted([str(cast.alice), str(cast.dev)])
    said = text(alice.get(page))
    assert "Goes to the archive on Wed 1 Sep 2027: you answer for these" in said
    assert ("Left behind" in said, "Of another folder" in said) == (True, False)
    tend(local(2027, 9, 1, 0, 5), where)
    assert "you answer for these" not in text(alice.get(page)), "that run is over"
    tend(local(2028, 8, 1, 4), where)
    said = text(alice.get(page))
    assert "Deleted for good on Thu 31 Aug 2028: you answer for these" in said
    assert (f'value="{left}"' in said, str(elsewhere) in said) == (True, False)
    Hold.objects.create(recording_id=left, kind="legal", opened_at=local(2028, 8, 1))
    assert f'value="{left}"' not in text(alice.get(page)), "R130: what is kept since is not said to be deleted"
    Hold.objects.filter(recording_id=left).delete()
    assert "Left behind" not in text(client(cast.chloe).get(page)), "she was told nothing"
    assert f'value="{elsewhere}"' in text(client(cast.dev).get(page)), "nobody creates there, so the service answers"
    assert alice.post("/keeping/restore/", {"recording": [str(left)]})["Location"] == page
    assert (keeping(left), keeping(elsewhere)) == ("RESTORING", "ARCHIVED")
    assert "On its way back" in text(alice.get(page))
    access.remove_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.CREATOR)
    assert "Left behind" not in text(alice.get(page)), "who looks after it no more is shown nothing of it"


@pytest.mark.slow
def test_r125_what_goes_to_the_archive_is_let_go_or_wanted_again_with_one_button(cast):
    where = stores()
    one, other = (kept(cast, where, local(2027, 1, 10), title=title) for title in ("One", "Other"))
    alice, page = client(cast.alice), "/keeping/"
    assert "Let go what is ticked" not in text(alice.get(page)), "nobody was told yet"
    tend(local(2027, 8, 2, 4), where)
    shown = text(alice.get(page))
    assert "Let go what is ticked" in shown
    assert "Remind me of it after all" not in shown
    assert "You let it go" not in shown
    assert "Tick the recordings first." in text(alice.post(f"{page}let-go/", follow=True))
    said = text(alice.post(f"{page}let-go/", {"recording": [str(one), "x"]}, follow=True))
    assert "1 recording goes with the run. You are not reminded of it again." in said
    assert said.count("You let it go") == 1
    assert "Remind me of it after all" in said
    assert RetentionLetGo.objects.get().recording_id == one
    again = text(alice.post(f"{page}tell-again/", {"recording": [str(one), str(other)]}, follow=True))
    assert "You are reminded of 2 recordings again." in again
    assert "You let it go" not in again
    assert "No run is about to take any of these." in text(
        client(cast.ben).post(f"{page}let-go/", {"recording": [str(one)]}, follow=True)
    )


@pytest.mark.slow
def test_r125_the_files_of_many_recordings_are_had_from_one_page(cast):
    where = stores()
    one, other = (kept(cast, where, local(2027, 1, 10), title=title) for title in ("One", "Other"))
    hidden = kept(cast, where, local(2027, 1, 10), title="Of somebody else", owner=cast.eve, folder=cast.physics)
    unmoved = kept(cast, where, local(2027, 1, 10), title="Not put away")
    Source.objects.filter(recording_id=unmoved).update(object_key="")
    alice, page = client(cast.alice), "/keeping/files/"
    assert "Tick what you want to download first." in text(alice.post(page, follow=True))
    shown = alice.post(page, {"recording": [str(each) for each in (one, other, hidden, unmoved)]})
    said = text(shown)
    for source in Source.objects.filter(recording_id__in=[one, other]):
        assert f'href="/recordings/{source.recording_id}/download/{source.id}/" download' in said
    for wanted in ("2 files", "Download all, one after the other", "Cannot be downloaded", "Not in place yet"):
        assert wanted in said, wanted
    assert "Of somebody else" not in said
    assert "no-store" in shown["Cache-Control"]
    tend(local(2027, 8, 2, 4), where)
    tend(local(2027, 9, 1, 0, 5), where)
    assert "Download all" not in text(alice.post(page, {"recording": [str(one)]})), "archived: R121"


@pytest.mark.slow
def test_r125_so_many_are_listed_at_once_and_the_rest_is_said(cast):
    where = stores()
    made = [kept(cast, where, local(2027, 1, 10), title=f"Number {number}") for number in range(51)]
    said = text(client(cast.alice).post("/keeping/files/", {"recording": [str(one) for one in made]}))
    assert "1 more that you ticked comes next" in said
    assert said.count("data-file>") == 50
