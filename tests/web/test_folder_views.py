"""What is watched of a folder and below: for whom, with which figures, as a page, a file and over the API (R23, R216)."""

import pytest

from cathedra.actions.viewing import renew_figures
from cathedra.db.models import AuditEvent
from cathedra.db.reads import viewing
from cathedra.db.writes import access, library, people
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.watching import watch
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


@pytest.fixture
def made(cast, now):
    """Eve looks after the figures of chemistry; a folder below it, and one below that is not hers to see."""
    access.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.ANALYTICS_MANAGER, now=now)
    below = library.add_folder("Week 1", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    apart = library.add_folder("Board", kind=FolderKind.COURSE, parent_id=cast.chemistry, inherits=False, now=now)
    titles = {"=Entropy": cast.chemistry, "Heat": below, "Minutes": apart, "Never": cast.chemistry}
    return {title: lecture(place, cast.alice, title=title, now=now) for title, place in titles.items()}


def crowd(count, now):
    return [
        people.add_account(
            f"w{place}", full_name=f"W {place}", email="", affiliation=Affiliation.STUDENT, password=None, now=now
        )
        for place in range(count)
    ]


def test_r23_an_analytics_manager_sees_the_figures_of_the_subtree_and_is_led_there(cast, made, now):
    watch(made["=Entropy"], crowd(6, now), now=now, until_ms=30_000)
    watch(made["Heat"], [cast.ben], now=now, until_ms=30_000)
    renew_figures(now=now)
    eve, where = client(cast.eve), f"/folders/{cast.chemistry}/views/"
    assert f'href="{where}"' in text(eve.get(f"/folders/{cast.chemistry}/"))
    assert '"/statistics/"' in text(eve.get("/"))
    assert f'href="{where}"' in text(eve.get("/statistics/"))
    page = text(eve.get(where))
    assert ("=Entropy" in page, "Heat" in page, "Never" in page, ">Minutes<" in page) == (True, True, True, False)
    rows = {row["title"]: row for row in eve.get(f"/api/folders/{cast.chemistry}/views").json()["rows"]}
    assert {title: row["views"] for title, row in rows.items()} == {"=Entropy": 6, "Heat": None, "Never": None}
    assert (rows["=Entropy"]["viewers"], rows["=Entropy"]["delivered_ms"]) == (5, 180_000), "people in fives"
    assert eve.get(f"/recordings/{made['=Entropy']}/views/").status_code == 200
    assert rows["=Entropy"]["last_at"].endswith("T00:00:00Z"), "R216: the day, not whose instant"
    assert '"/statistics/"' not in text(client(cast.alice).get("/"))
    assert "Part IA" not in text(client(cast.dev).get("/statistics/")), "R223: an office alone lists nothing here"


def test_r216_creators_see_figures_of_few_and_nobody_else(cast, made, now):
    watch(made["Heat"], [cast.ben], now=now, until_ms=30_000)
    for who, views in ((cast.alice, 1), (cast.eve, None), (cast.chloe, None), (cast.dev, None)):
        rows = client(who).get(f"/api/folders/{cast.chemistry}/views").json()["rows"]
        assert {row["title"]: row["views"] for row in rows}["Heat"] == views, who
    for who, status in ((cast.ben, 404), (None, 401)):
        for path in ("views/", "views/export/"):
            assert client(who).get(f"/folders/{cast.chemistry}/{path}").status_code == status


def test_class_20_the_file_has_all_of_it_no_formula_and_stands_on_the_trail(cast, made, now):
    watch(made["=Entropy"], crowd(6, now), now=now, until_ms=30_000)
    renew_figures(now=now)
    lines = text(client(cast.eve).get(f"/folders/{cast.chemistry}/views/export/")).splitlines()
    assert lines[0] == "recording,title,folder,duration,views,viewers,minutes,last_viewed"
    told = {line.split(",")[1]: line.split(",")[4:7] for line in lines[1:]}
    assert told == {"'=Entropy": ["6", "5", "3.0"], "Heat": ["", "", ""], "Never": ["", "", ""]}
    event = AuditEvent.objects.get(action="folder:export_views")
    assert (event.actor_id, event.target_id) == (cast.eve, str(cast.chemistry))


def test_pages_go_on_where_the_last_one_ended(cast, made, now):
    first = viewing.list_in_folder(cast.eve, cast.chemistry, now=now, limit=2)
    rest = viewing.list_in_folder(cast.eve, cast.chemistry, now=now, after=first.after, limit=2)
    assert (len(first.rows), len(rest.rows), rest.after) == (2, 1, "")
    assert {one.title for one in (*first.rows, *rest.rows)} == {"=Entropy", "Heat", "Never"}
