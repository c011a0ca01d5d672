"""The page of views: figures for those who may, names for Creators alone (R215, R216)."""

import pytest

from cathedra.actions import viewing
from cathedra.db.models import Account, AuditEvent
from cathedra.db.writes.transaction import transaction
from tests.giving import somebody
from tests.lectures import lecture
from tests.watching import watch
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def test_r215_r216_creators_see_names_others_see_figures_of_five_or_more(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    where = f"/recordings/{made}/views/"
    assert "Nobody has watched it yet" in text(client(cast.alice).get(where))
    watch(made, [cast.ben, cast.alice, None], now=now, until_ms=30_000)
    Account.objects.filter(id=cast.ben).update(full_name="=Ben")
    page = text(client(cast.alice).get(where))
    for part in (
        "=Ben",
        ">50 %<",
        f'data-views="{made}"',
        ">2</dd>",
        "and 1 view without signing in",
        "Viewers as CSV",
    ):
        assert part in page, part
    few = text(client(cast.chloe).get(where))
    assert "Fewer than 5 people" in few
    for hidden in ("=Ben", "50 %", "data-views", "as CSV"):
        assert hidden not in few, hidden
    watch(made, [somebody(f"viewer{place}", now=now) for place in range(3)], now=now, until_ms=1000)
    assert "Fewer than 5 people" in text(client(cast.chloe).get(where)), "the fifth is not told by what comes with them"
    assert viewing.renew_figures(now=now) == 1
    for who in (cast.chloe, cast.dev):
        many = text(client(who).get(where))
        assert f'data-views="{made}"' in many
        assert ">few<" in many
        assert "people are counted in steps of 5" in many
        assert "=Ben" not in many
    for who, status in ((cast.ben, 404), (cast.eve, 404), (None, 401)):
        assert client(who).get(where).status_code == status
        assert client(who).get(f"{where}export/").status_code == status
    assert ">Views<" in text(client(cast.alice).get(f"/recordings/{made}/"))


def test_class_20_the_files_hold_what_the_page_shows_and_no_formula(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    Account.objects.filter(id=cast.ben).update(full_name="=Ben")
    watch(made, [cast.ben], now=now, until_ms=30_000)
    where = f"/recordings/{made}/views/export/"
    answer = client(cast.alice).get(where, {"what": "viewers"})
    assert text(answer).splitlines()[1].startswith("'=Ben,ben,50,1,0.5,0:00:30,")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="viewers-{made}-')
    segments = text(client(cast.alice).get(where)).splitlines()
    assert (len(segments), segments[1]) == (61, "0:00:00,0:00:01,1.0,1")
    assert client(cast.chloe).get(where, {"what": "viewers"}).status_code == 404
    assert text(client(cast.chloe).get(where)).splitlines()[1:] == []
    assert client(cast.alice).get(where, {"what": "x"}).status_code == 404


def test_r223_whoever_takes_the_figures_or_the_names_as_a_file_is_on_the_trail(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    where = f"/recordings/{made}/views/export/"
    client(cast.alice).get(where, {"what": "viewers"})
    client(cast.chloe).get(where)
    client(cast.chloe).get(where, {"what": "viewers"})  # R216: refused, so nothing was taken
    told = AuditEvent.objects.filter(action="recording:export_views", target_id=str(made)).order_by("id")
    assert list(told.values_list("actor_id", "facts__what")) == [(cast.alice, "viewers"), (cast.chloe, "segments")]


def test_r204_who_only_downloaded_it_is_named_so_and_takes_nothing_off_what_viewers_see_of_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    watch(made, [cast.ben], now=now, until_ms=30_000)
    with transaction():
        viewing.count_download(made, cast.alice, now=now)
    page = text(client(cast.alice).get(f"/recordings/{made}/views/"))
    assert page.count(">50 %<") == 2, "Ben's, and on average, of those who watched"
    assert page.count("Downloaded</span>") == 1
