"""The pages of keeping: what is planned, the buttons, the bin, one's own (R117 to R121, R128, R135 to R137)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import publishing, retention
from cathedra.db.models import Recording, RetentionExemption
from cathedra.db.reads import retention as reads
from cathedra.db.writes import access, library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.retention import RunKind
from cathedra.domain.terms import PrincipalId
from tests.actions.retention.archives import by, keeping, kept, stores
from tests.lectures import lecture
from tests.web.browsing import client, text

DAY = timedelta(days=1)


@pytest.mark.slow
def test_r121_the_page_says_what_is_planned_and_the_buttons_do_it(cast):
    where, now = stores(), timezone.now() - DAY
    made = kept(cast, where, now)
    alice, ben = client(cast.alice), client(cast.ben)
    page, address = f"/recordings/{made}/keeping/", f"/recordings/{made}"
    run = reads.calendar().next_run(RunKind.ARCHIVE, now)
    assert f"It goes to the archive on {run.day:%a} {run.day.day} {run.day:%b %Y}" in text(alice.get(page))
    assert ben.get(page).status_code == 404
    assert alice.post(f"{address}/archive/")["Location"] == page
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    told = text(alice.get(page))
    assert "It is deleted for good on" in told
    assert "Restore from the archive" in told
    refused = ben.get(f"{address}/")
    assert refused.status_code == 409
    assert f'action="{address}/restore/"' in text(refused)
    assert ben.post(f"{address}/restore/")["Location"] == f"{address}/"
    assert keeping(made) == "RESTORING"
    assert client(cast.eve).post(f"{address}/restore/").status_code == 404
    assert "On its way back" in text(alice.get("/keeping/"))
    other = kept(cast, where, now, title="Other")
    assert retention.archive_media(other, actor=by(cast.alice), now=now, stores=where) is None
    assert f'value="{other}"' in text(alice.get("/keeping/"))
    assert client(cast.eve).post("/keeping/restore/", {"recording": [str(other), "x"]}).status_code == 302
    assert keeping(other) == "ARCHIVED"
    assert alice.post("/keeping/restore/", {"recording": [str(other)]})["Location"] == "/keeping/"
    assert keeping(other) == "RESTORING"


@pytest.mark.slow
def test_r121_r140_a_copy_stays_in_its_folder_while_what_it_plays_is_archived_and_its_viewers_have_it_back(cast):
    where, now = stores(), timezone.now() - DAY
    there = library.add_folder("Part IB", kind=FolderKind.COURSE, now=now)
    for who, role in ((cast.alice, FolderRole.CREATOR), (cast.eve, FolderRole.VIEWER)):
        access.add_member(there, PrincipalId(who), role, now=now)
    made = kept(cast, where, now)
    copy = publishing.copy_recording(made, there, is_full=False, actor=by(cast.alice), now=now).recording_id
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    eve, alice, page = client(cast.eve), client(cast.alice), f"/recordings/{copy}/"
    assert page in text(eve.get(f"/folders/{there}/"))
    refused = eve.get(page)
    assert (refused.status_code, f'action="{page}restore/"' in text(refused)) == (409, True)
    assert f'action="{page}restore/"' in text(alice.get(f"{page}keeping/")), "and for who looks after it"
    assert eve.post(f"{page}restore/")["Location"] == page
    assert keeping(made) == "RESTORING"
    assert "on its way back" in text(eve.get(page))


@pytest.mark.slow
def test_r135_r137_the_bin_shows_what_can_be_had_back_and_until_when(cast):
    made = kept(cast, stores(), timezone.now() - DAY)
    alice, chloe = client(cast.alice), client(cast.chloe)
    assert "Your bin is empty" in text(alice.get("/bin/"))
    assert chloe.post(f"/recordings/{made}/recycle/").status_code == 404
    assert alice.post(f"/recordings/{made}/recycle/")["Location"] == "/bin/"
    page = text(alice.get("/bin/"))
    assert "Entropy" in page
    assert "Delete it for good" in page
    assert "Entropy" not in text(chloe.get("/bin/"))
    hers = kept(cast, stores(), timezone.now() - DAY, title="Enthalpy", owner=cast.chloe)
    assert alice.post(f"/recordings/{hers}/recycle/")["Location"] == "/bin/"
    for browser, is_owner in ((alice, False), (chloe, True)):  # a Creator of its folder, and its owner
        page = text(browser.get("/bin/"))
        assert ("Enthalpy" in page, f'action="/recordings/{hers}/purge/"' in page) == (True, is_owner), "R137"
    assert "Enthalpy" not in text(client(cast.ben).get("/bin/"))
    assert alice.post(f"/recordings/{made}/take-back/")["Location"] == "/bin/"
    assert keeping(made) == "ONLINE"
    for verb in ("recycle", "purge"):
        assert alice.post(f"/recordings/{made}/{verb}/")["Location"] == "/bin/"
    assert keeping(made) == "PURGED"
    gone = alice.get(f"/recordings/{made}/")
    assert gone.status_code == 410
    assert "This recording was deleted on" in text(gone)  # R58


@pytest.mark.slow
def test_r128_a_creator_asks_on_the_recordings_page(cast):
    made = kept(cast, stores(), timezone.now() - DAY)
    alice, page = client(cast.alice), f"/recordings/{made}/keeping/"
    last = (timezone.now() + 40 * DAY).date().isoformat()
    given = {"scope": "folder", "what": "archive", "reason_kind": "legal", "reason": "An appeal.", "until": last}
    assert client(cast.chloe).post(page, given).status_code == 404
    assert alice.post(page, {**given, "reason": ""}).status_code == 422
    late = alice.post(page, {**given, "until": (timezone.now() + 1200 * DAY).date().isoformat()})
    assert (late.status_code, "the run after next" in text(late)) == (422, True)
    assert alice.post(page, given)["Location"] == page
    assert RetentionExemption.objects.get().folder_id == cast.chemistry
    assert "Asked for" in text(alice.get(page))
    assert Recording.objects.get(id=made).keeping == "ONLINE"


def test_r38_the_service_is_asked_why_it_deletes_and_its_owner_is_not(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert "Which rule asks for it?" not in text(client(cast.alice).get(f"/recordings/{made}/keeping/"))
    dev = client(cast.dev)
    assert 'name="reason" required' in text(dev.get(f"/recordings/{made}/keeping/"))
    dev.post(f"/recordings/{made}/recycle/", {"reason": "It names a patient."})
    assert Recording.objects.get(id=made).keeping == "RECYCLED"
