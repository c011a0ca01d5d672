"""Staff access as its owner and its holder see it, and how the page of a recording writes the use down (R148)."""

import pytest
from django.utils import timezone

from cathedra.actions import grants
from cathedra.db.models import AccessGrantUse
from cathedra.domain.access import GrantRight
from tests.giving import WHY, by, somebody, told
from tests.lectures import lecture
from tests.said import cut
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r148_opening_the_page_is_a_use_that_the_owner_sees_and_nobody_else(cast):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    grantee = client(morgan)
    assert grantee.get(f"/recordings/{recording}/").status_code == 404
    told(morgan, cast.dev, now=now, recordings=[recording])
    assert grantee.head(f"/recordings/{recording}/").status_code == 200
    assert not AccessGrantUse.objects.exists()
    assert "under an access grant" in text(grantee.get(f"/recordings/{recording}/"))
    assert grantee.get(f"/api/recordings/{recording}/player").status_code == 200
    assert AccessGrantUse.objects.count() == 1, "the page and the player in it are one playback"
    own = text(client(cast.alice).get("/account/grants/"))
    for part in ("Morgan", WHY, "Watched", "In force", "Managing the system"):
        assert part in own, part
    assert "Played by staff under a grant" in text(client(cast.alice).get(f"/recordings/{recording}/history/"))
    held = text(grantee.get("/account/grants/"))
    assert "Access you were given" in held
    assert f"/recordings/{recording}/" in held
    for other in (cast.ben, cast.chloe):
        assert "Morgan" not in text(client(other).get("/account/grants/"))
    assert "under an access grant" not in text(client(cast.ben).get(f"/recordings/{recording}/"))


@pytest.mark.slow
def test_r42_the_page_and_the_api_name_no_recording_of_another_owner_or_after_the_end(cast):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    mine = lecture(cast.chemistry, cast.alice, now=now, title="Mine")
    theirs = lecture(cast.physics, cast.eve, now=now, title="Theirs")
    made = told(morgan, cast.dev, now=now, recordings=[mine, theirs])
    for who, name, hidden in ((cast.alice, "Mine", "Theirs"), (cast.eve, "Theirs", "Mine")):
        page, said = text(client(who).get("/account/grants/")), client(who).get("/api/me/grants").json()
        assert (name in page, hidden in page) == (True, False)
        assert [thing["name"] for thing in said["concerning"][0]["things"]] == [name]
    assert "Open Mine" in text(client(morgan).get("/account/grants/"))
    grants.revoke_grant(made, actor=by(cast.dev), now=now)
    page, said = text(client(morgan).get("/account/grants/")), client(morgan).get("/api/me/grants").json()
    assert page.count("A recording that you may not see now") == 2
    assert "Mine" not in page
    assert {thing["name"] for thing in said["held"][0]["things"]} == {""}


@pytest.mark.slow
def test_r145_who_watches_under_a_grant_is_told_that_they_have_what_viewers_have(cast):
    now, cut_out = timezone.now(), "without what was cut"
    view, manage = (somebody(name, now=now) for name in ("morgan", "sasha"))
    recording = lecture(cast.chemistry, cast.alice, now=now)
    told(view, cast.dev, now=now, recordings=[recording])
    told(manage, cast.dev, now=now, recordings=[recording], rights=[GrantRight.VIEW, GrantRight.MANAGE])
    page, editor = f"/recordings/{recording}/", f"/recordings/{recording}/editor/"
    assert cut_out not in text(client(view).get(page))
    cut(recording, (1000, 9000), now=now)
    assert [cut_out in text(client(who).get(page)) for who in (view, manage, cast.ben)] == [True, True, False]
    assert client(view).get(f"/api/recordings/{recording}/player").json()["duration_ms"] == 52_000
    assert [client(view).get(address).status_code for address in (editor, f"/api{page}edits")] == [404, 404]
    assert "see what was cut as well" in text(client(manage).get(editor))
