"""Views by API (R215, R216, R227)."""

import pytest

from tests.lectures import lecture
from tests.watching import watch
from tests.web.browsing import client

pytestmark = pytest.mark.slow


def test_figures_and_for_creators_names(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    watch(made, [cast.ben, None], now=now, until_ms=30_000)
    where = f"/api/recordings/{made}/views"
    told = client(cast.alice).get(where).json()
    assert (told["views"], told["viewers"], told["anonymous_views"], told["delivered_ms"]) == (2, 1, 1, 60_000)
    assert (len(told["segments"]), told["segments"][0]["plays"], told["average_percent"]) == (60, 2.0, 50)
    assert [(one["login_name"], one["percent"]) for one in told["viewer_lines"]] == [("ben", 50)]
    few = client(cast.chloe).get(where).json()
    assert (few["is_hidden"], few["views"], few["viewer_lines"], few["segments"]) == (True, None, None, [])
    for who, status in ((cast.ben, 404), (cast.eve, 404), (None, 401)):
        assert client(who).get(where).status_code == status
