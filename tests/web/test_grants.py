"""Staff access as its owner and its holder see it, and how the page of a recording writes the use down (R148)."""

import pytest
from django.utils import timezone

from cathedra.db.models import AccessGrantUse
from tests.giving import WHY, somebody, told
from tests.lectures import lecture
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
