"""The bin of a person, emptying it whole, and what limits say of it (R109, R130, R137)."""

import re

import pytest
from django.utils import timezone

from cathedra.actions import retention
from cathedra.db.models import Hold, Recording
from tests.actions.retention.archives import by, keeping, kept, stores
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r109_my_bin_is_emptied_whole_after_it_named_the_hours_and_what_stays(cast):
    now, where, browser = timezone.now(), stores(), client(cast.alice)
    assert "There is nothing to empty" in text(browser.get("/bin/empty/"))
    going, held = (kept(cast, where, now, title=title) for title in ("Going", "Held"))
    Recording.objects.filter(id=going).update(duration_ms=7_200_000)
    for one in (going, held):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=now).is_permitted
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    page = text(browser.get("/bin/"))
    for said in ('href="/bin/empty/"', "Deleting alone frees nothing", "A hold keeps it here"):
        assert said in page, said
    assert f"/recordings/{held}/purge/" not in page, "R130: no button that would be refused"
    asked = text(browser.get("/bin/empty/"))
    for said in ("1 recording of yours is deleted for good. This frees 2.0 stored hours", "cannot be undone", "Held"):
        assert said in asked, said
    assert keeping(going) == "RECYCLED", "asking deletes nothing"
    seen = re.findall('name="recording" value="([^"]+)"', asked)
    assert seen == [str(going)]
    late = kept(cast, where, now, title="Deleted by somebody else meanwhile")
    assert retention.recycle_recording(late, actor=by(cast.dev), now=now, reason="Asked for.").is_permitted
    shown = text(browser.post("/bin/empty/", {"recording": seen}, follow=True))
    assert "1 recording is deleted for good. That frees 2.0 stored hours." in shown
    assert [keeping(one) for one in (going, held, late)] == ["PURGED", "RECYCLED", "RECYCLED"]
    shown = text(browser.post("/bin/empty/", {"recording": [str(held), "x"]}, follow=True))
    assert "1 recording stays." in shown
    for nothing in ({}, {"recording": seen}):
        assert "Nothing of what you were shown is in the bin any more." in text(
            browser.post("/bin/empty/", nothing, follow=True)
        )
    assert [keeping(one) for one in (held, late)] == ["RECYCLED", "RECYCLED"]
    assert client(cast.ben).post("/bin/empty/").status_code == 302
    assert client().get("/bin/empty/")["Location"].startswith("/account/login/")


@pytest.mark.slow
def test_r109_the_way_from_the_hours_leads_to_emptying_and_names_both_steps(cast):
    now, where = timezone.now(), stores()
    made = kept(cast, where, now)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=now).is_permitted
    for who, page in ((cast.alice, "/account/hours/"), (cast.dev, "/staff/hours/allocations/")):
        shown = text(client(who).get(page))
        for said in ('href="/bin/empty/"', "in two steps", "Deleting alone frees nothing"):
            assert said in shown, (page, said)
