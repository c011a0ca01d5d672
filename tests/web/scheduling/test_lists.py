"""Lists of schedules: of a folder, and one's own (R42, R152)."""

from datetime import timedelta

import pytest

from cathedra.db.models import Recording
from cathedra.domain.library import MediaState
from tests.web.browsing import client, text
from tests.web.scheduling.rooms import coming, form

pytestmark = pytest.mark.slow


@pytest.fixture
def made(cast, room):
    """Heat a week after Entropy."""
    browser = client(cast.alice)
    for title, week in (("Heat", 1), ("Entropy", 0)):
        day = (coming() + timedelta(weeks=week)).isoformat()
        browser.post(f"/folders/{cast.chemistry}/schedule/", form(room, title=title, day=day, presenter="chloe"))
    return {row.title: row.id for row in Recording.objects.all()}


def test_what_is_to_come_in_a_folder_stands_on_its_page_and_in_its_list(cast, room, made):
    browser, address = client(cast.alice), f"/folders/{cast.chemistry}/schedules/"
    folder = text(browser.get(f"/folders/{cast.chemistry}/"))
    assert "Recorded next: Mon" in folder
    assert f'href="{address}"' in folder
    page = text(browser.get(address))
    assert page.index("Entropy") < page.index("Heat")
    for said in ("10:00 to 11:00", "Lecture Block, LB 1", "Chloe", "Alice", f"/recordings/{made['Heat']}/schedule/"):
        assert said in page, said
    Recording.objects.filter(id=made["Entropy"]).update(media_state=MediaState.CANCELLED)
    assert "Entropy" not in text(browser.get(address))
    Recording.objects.filter(id=made["Heat"]).update(media_state=MediaState.CANCELLED)
    assert "Nothing is scheduled here" in text(browser.get(address))
    assert "Recorded next" not in text(browser.get(f"/folders/{cast.chemistry}/"))


def test_r42_it_is_for_who_schedules_there_and_who_follows_its_recordings(cast, room, made):
    address = f"/folders/{cast.chemistry}/schedules/"
    for who, status in ((cast.alice, 200), (cast.chloe, 200), (cast.dev, 404), (cast.ben, 404), (cast.eve, 404)):
        assert client(who).get(address).status_code == status
    assert client().get(address).status_code == 401
    assert "Recorded next" not in text(client(cast.ben).get(f"/folders/{cast.chemistry}/"))
    assert "may schedule" not in text(client(cast.chloe).get(address))
    assert client(cast.alice).get(f"/folders/{cast.alice}/schedules/").status_code == 404


def test_ones_own_are_to_come_or_past_and_are_reached_from_the_menu(cast, room, made):
    Recording.objects.filter(id=made["Entropy"]).update(media_state=MediaState.MISSED)
    for who, sees in ((cast.alice, True), (cast.chloe, True), (cast.ben, False)):
        browser = client(who)
        assert ('href="/schedules/"' in text(browser.get("/"))) == sees, "students schedule nothing"
        coming_, past = text(browser.get("/schedules/")), text(browser.get("/schedules/", {"past": "1"}))
        assert ("Heat" in coming_, "Entropy" in coming_) == (sees, False)
        assert ("Heat" in past, "Entropy" in past, "Missed" in past) == (False, sees, sees)
    assert "Nothing is scheduled" in text(client(cast.ben).get("/schedules/"))
    assert client().get("/schedules/").status_code == 302


def test_a_long_list_goes_on_page_by_page(cast, room, made):
    until = (coming() + timedelta(weeks=51)).isoformat()
    browser = client(cast.alice)
    browser.post(f"/folders/{cast.chemistry}/schedule/", form(room, recorders=[room.second], until=until))
    first = browser.get("/schedules/")
    assert 'rel="next"' in text(first)
    after = first.context["page"].after
    second = text(browser.get("/schedules/", {"after": after}))
    assert "Back to the start" in second
    assert len(first.context["page"].rows) == 30
    assert 'rel="next"' not in second
