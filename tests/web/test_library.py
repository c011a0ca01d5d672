"""Home, browse, folder, new folder: who sees what, and what the forms do."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Folder, Recording
from cathedra.db.reads.library import Audience
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library as writes
from cathedra.db.writes import playback as playback_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import Repeat, Span
from cathedra.domain.library import FolderKind, MediaState, Publication
from cathedra.domain.terms import PrincipalId
from cathedra.web import library, page_tags
from tests.actions.scheduling.rooms import at, make_room, schedule
from tests.lectures import lecture
from tests.web.browsing import client, text


def test_home_asks_the_anonymous_to_sign_in_and_comes_back(db):
    answer = client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_home_shows_what_is_new_and_what_was_begun(cast, now):
    lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    begun = lecture(cast.chemistry, cast.alice, title="Kinetics", now=now)
    playback_writes.set_position(cast.ben, begun, position_ms=30_000, now=now)
    page = text(client(cast.ben).get("/"))
    assert page.index("Continue watching") < page.index("Kinetics") < page.index("New in your courses")
    assert "Entropy" in page
    assert "What needs you" not in page


def test_home_tells_a_creator_what_needs_them(cast, now):
    lecture(cast.chemistry, cast.alice, title="Broken", media=MediaState.FAILED, now=now)
    page = text(client(cast.alice).get("/"))
    assert "What needs you" in page
    assert "The file holds neither sound nor pictures." in page
    assert "What needs you" not in text(client(cast.ben).get("/"))


def test_home_teaches_the_next_step_when_there_is_nothing(cast):
    assert "Upload a recording" in text(client(cast.alice).get("/"))
    assert "Browse your folders" in text(client(cast.ben).get("/"))


def test_home_costs_the_same_questions_for_one_recording_and_for_many(cast, now, django_assert_max_num_queries):
    browser = client(cast.ben)
    for count in (1, 12):
        for place in range(count):
            lecture(cast.chemistry, cast.alice, title=f"L{place}", now=now + timedelta(hours=place))
        with django_assert_max_num_queries(19):
            browser.get("/")


def test_home_names_the_courses_of_whoever_may_record_somewhere_too(cast, now):
    assert "Part IA" in text(client(cast.ben).get("/"))
    talks = writes.add_folder("Society talks", kind=FolderKind.GENERAL, now=now)
    access_writes.add_member(talks, PrincipalId(cast.ben), FolderRole.CREATOR, now=now)
    page = text(client(cast.ben).get("/"))
    named = page[page.index("Your folders") :]
    assert named.index("Society talks") < named.index("Part IA")
    assert named.count("Society talks") == 1


def test_home_tells_what_a_room_missed_and_when_for_two_weeks_t6(cast):
    now = timezone.now()
    room = make_room(cast.alice, now=now - timedelta(days=40))
    for title, days in (("Lately", 3), ("Long ago", 20)):
        starts = now - timedelta(days=days)
        schedule(cast, room, Span(starts, starts + timedelta(hours=1)), title=title, now=starts - timedelta(days=1))
    assert "What needs you" not in text(client(cast.alice).get("/")), "what is still to come needs nobody"
    Recording.objects.update(media_state=MediaState.MISSED)
    page = text(client(cast.alice).get("/"))
    assert page.index("What needs you") < page.index("Lately") < page.index("Missed")
    assert page_tags.at_time(now - timedelta(days=3)) in page
    assert "Nothing came from the room." in page
    assert "Long ago" not in page
    assert "Lately" not in text(client(cast.ben).get("/"))


@pytest.mark.parametrize("view", ["", "cards"])
def test_what_is_scheduled_is_listed_with_its_time_r151(cast, view):
    room = make_room(cast.alice, now=cast.now)
    schedule(cast, room, Span(at(20, 10), at(20, 11)), now=cast.now)
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/", {"view": view}))
    assert "Tue 20 Oct 2026, 10:00" in page
    Recording.objects.update(media_state=MediaState.PREPARING, captured_at=at(20, 10))
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/", {"view": view}))
    assert "Tue 20 Oct 2026" in page
    assert "Tue 20 Oct 2026, 10:00" not in page, "it was recorded on its day"


def test_a_series_is_listed_as_its_parts_follow_each_other_r155(cast):
    room = make_room(cast.alice, now=cast.now)
    weekly = Repeat(frozenset({1}), at(20, 12).date() + timedelta(weeks=7))
    schedule(cast, room, Span(at(20, 10), at(20, 11)), repeat=weekly, now=cast.now)
    page = text(client(cast.alice).get(f"/folders/{cast.chemistry}/", {"view": "cards"}))
    listed = re.findall(r'<p class="meta">(Tue \d+ \w+ 2026), 10:00</p>', page)
    assert listed == [page_tags.day_word(at(20, 12).date() + timedelta(weeks=week)) for week in range(8)]


def test_deleting_somebodys_own_folder_is_not_offered_r138(cast, now):
    own = writes.add_folder("Alice's folder", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=now)
    below = writes.add_folder("Drafts", kind=FolderKind.PERSONAL, parent_id=own, now=now)
    for folder in (own, below):
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    browser = client(cast.alice)
    assert f"/folders/{below}/delete/" in text(browser.get(f"/folders/{below}/"))
    page = text(browser.get(f"/folders/{own}/"))
    assert f"/folders/{own}/new/" in page
    assert f"/folders/{own}/delete/" not in page


def test_browse_lists_my_folders_and_finds_one_by_name(cast):
    browser = client(cast.ben)
    assert "Part IA" in text(browser.get("/browse/"))
    assert "No folder is called that" in text(browser.get("/browse/", {"q": "zzz"}))
    assert "Physics" not in text(browser.get("/browse/"))


def test_a_folder_shows_its_recordings_to_those_who_may_see_it(cast, now):
    lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    address = f"/folders/{cast.chemistry}/"
    for who, status in ((cast.alice, 200), (cast.ben, 200), (cast.chloe, 200), (cast.dev, 404), (cast.eve, 404)):
        answer = client(who).get(address)
        assert answer.status_code == status
        assert ("Entropy" in text(answer)) == ("Part IA" in text(answer)) == (status == 200)


def test_forbidden_and_missing_are_one_page_r42(cast):
    outsider, nobody = client(cast.eve), client()
    missing = f"/folders/{cast.ben}/"
    for browser, status in ((outsider, 404), (nobody, 401)):
        forbidden_page, missing_page = browser.get(f"/folders/{cast.chemistry}/"), browser.get(missing)
        assert forbidden_page.status_code == missing_page.status_code == status
        assert without_address(forbidden_page, cast.chemistry) == without_address(missing_page, cast.ben)


def without_address(answer, row_id):
    """The page without what differs in any two answers: its own address, the nonce, the token."""
    import re

    page = text(answer).replace(str(row_id), "ID")
    return re.sub(r'(nonce|value|content)="[\w/+=-]{20,}"', "", page)


def test_only_creators_are_offered_upload_and_new_folders(cast):
    address = f"/folders/{cast.chemistry}/"
    assert "/upload/" in text(client(cast.alice).get(address))
    for who in (cast.ben, cast.chloe):
        page = text(client(who).get(address))
        assert f"{address}upload/" not in page
        assert f"{address}new/" not in page


def test_viewers_are_not_shown_what_waits_r63(cast, now):
    lecture(cast.chemistry, cast.alice, title="Waiting one", publication=Publication.WAITING, now=now)
    lecture(cast.chemistry, cast.alice, title="Busy one", media=MediaState.PREPARING, now=now)
    page = text(client(cast.ben).get(f"/folders/{cast.chemistry}/"))
    assert "Waiting one" not in page
    assert "Busy one" not in page
    assert "Waiting for approval" in text(client(cast.chloe).get(f"/folders/{cast.chemistry}/"))


def test_a_folder_is_sorted_filtered_paged_and_shown_as_cards(cast, now):
    for place, name in enumerate(("Beta", "Alpha", "Gamma")):
        lecture(cast.chemistry, cast.alice, title=name, now=now + timedelta(hours=place))
    browser, address = client(cast.ben), f"/folders/{cast.chemistry}/"
    page = text(browser.get(address, {"sort": "title"}))
    assert page.index("Alpha") < page.index("Beta") < page.index("Gamma")
    assert 'aria-sort="ascending"' in page
    assert "Beta" not in text(browser.get(address, {"q": "gam"}))
    assert 'class="cards"' in text(browser.get(address, {"view": "cards"}))
    for place in range(library.ROWS - 2):
        lecture(cast.chemistry, cast.alice, title=f"Later {place}", now=now + timedelta(days=1, hours=place))
    first = browser.get(address)
    assert "Next page" in text(first)
    rest = text(browser.get(address, {"after": first.context["page"].after}))
    assert "Beta" in rest
    assert "Gamma" not in rest
    assert "Back to the start" in rest


def test_every_column_orders_the_list_one_way_then_the_other(cast, now):
    for place, owner in enumerate((cast.alice, cast.chloe)):
        lecture(cast.chemistry, owner, title=f"Part {place}", now=now, duration_ms=60_000 * (5 - place))
    lecture(cast.chemistry, cast.alice, title="Part 2", now=now, media=MediaState.PREPARING)
    browser, address = client(cast.alice), f"/folders/{cast.chemistry}/"
    for order, first, last in (("length", "2", "0"), ("length-down", "0", "2"), ("state", "2", ""), ("state-down", "", "2"),
                               ("owner", "", "1"), ("owner-down", "1", "")):  # fmt: skip
        page = text(browser.get(address, {"sort": order}))
        found = "".join(re.findall(r'data-key="o">Part (\d)</a>', page))
        assert sorted(found) == ["0", "1", "2"]
        assert found.startswith(first), order
        assert found.endswith(last), order
        assert page.count("aria-sort=") == 1
    page = text(browser.get(address, {"sort": "owner", "state": "published"}))
    assert "?sort=owner-down&amp;state=published" in page


def test_insiders_filter_by_state_and_owner_and_others_are_not_told_by_it(cast, now):
    """What a viewer is shown has no column of states, and no order or filter tells them of one."""
    lecture(cast.chemistry, cast.alice, title="Ready", now=now)
    lecture(cast.chemistry, cast.chloe, title="Coming", now=now, media=MediaState.PREPARING)
    address = f"/folders/{cast.chemistry}/"

    def shown(who, **query):
        return set(re.findall(r">(Ready|Coming)</a>", text(client(who).get(address, query))))

    assert shown(cast.alice, state="processing") == {"Coming"}
    assert shown(cast.alice, owner=cast.alice) == {"Ready"}
    assert shown(cast.alice, owner=cast.alice, state="processing") == set()
    assert "Try another state, owner or word." in text(client(cast.alice).get(address, {"state": "failed"}))
    assert shown(cast.alice, state="nonsense", owner="x") == {"Ready", "Coming"}
    assert shown(cast.ben, state="processing") == {"Ready"}
    page = text(client(cast.ben).get(address, {"sort": "state", "owner": cast.chloe}))
    assert "Ready" in page
    assert "Chloe" not in page
    assert 'name="state"' not in page
    assert "State, from draft on" not in page


@pytest.mark.parametrize("query", [{"sort": "x"}, {"after": "x"}, {"q": "\0"}, {"q": "x" * 5000}, {"view": "<b>"}])
def test_a_made_up_query_is_the_ordinary_page(cast, query):
    assert client(cast.ben).get(f"/folders/{cast.chemistry}/", query).status_code == 200
    assert client(cast.ben).get("/browse/", query).status_code == 200


def test_a_folder_costs_the_same_questions_for_one_row_and_for_many(cast, now, django_assert_max_num_queries):
    browser = client(cast.alice)
    for count in (1, 20):
        for place in range(count):
            lecture(cast.chemistry, cast.alice, title=f"L{place}", now=now + timedelta(hours=place))
            writes.add_folder(f"F{count}-{place}", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
        with django_assert_max_num_queries(24):
            browser.get(f"/folders/{cast.chemistry}/")


def test_a_creator_makes_a_folder(cast):
    browser = client(cast.alice)
    assert browser.get(f"/folders/{cast.chemistry}/new/").status_code == 200
    answer = browser.post(f"/folders/{cast.chemistry}/new/", {"new-name": "Week 1"})
    made = Folder.objects.get(name="Week 1")
    assert (answer.status_code, answer["Location"]) == (302, f"/folders/{made.id}/")
    assert "It is seen by the same people" in text(browser.get(answer["Location"]))


def test_a_wrong_name_is_told_beside_the_field(cast):
    browser, address = client(cast.alice), f"/folders/{cast.chemistry}/new/"
    browser.post(address, {"new-name": "Week 1"})
    for name, told in (("", "Fill in “Name”."), ("Week 1", "already holds a folder called")):
        answer = browser.post(address, {"new-name": name})
        assert answer.status_code == 422
        page = text(answer)
        assert told in page
        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="id_new-name_hint id_new-name_error"' in page
        assert "There is a problem" in page


@pytest.mark.parametrize("who", ["ben", "chloe", "eve", None])
def test_nobody_else_makes_folders(cast, who):
    browser = client(getattr(cast, who) if who else None)
    for answer in (
        browser.get(f"/folders/{cast.chemistry}/new/"),
        browser.post(f"/folders/{cast.chemistry}/new/", {"new-name": "x"}),
    ):
        assert answer.status_code == (404 if who else 401)
    assert not Folder.objects.filter(name="x").exists()


def test_who_can_see_a_folder_is_one_sentence():
    assert library.audience_sentence(Audience((), 0)) == "Nobody has been given access to this folder yet."
    assert library.audience_sentence(Audience((("IA", 1),), 0)) == "Seen by IA (1 person)."
    assert library.audience_sentence(Audience((("All", 301),), 0)) == "Seen by All (more than 300 people)."
    many = Audience((("A", 2), ("B", 3), ("C", 4), ("D", 5)), 2)
    assert (
        library.audience_sentence(many)
        == "Seen by A (2 people), B (3 people), C (4 people), 1 more group and 2 people by name."
    )


def test_recordings_keep_their_address_r57(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    other = writes.add_folder("Elsewhere", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    Recording.objects.filter(id=made).update(folder_id=other)
    assert client(cast.ben).get(f"/recordings/{made}/").status_code == 200


def test_whoever_watches_sees_what_is_in_the_archive_marked_so_at_any_width_r121(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    address = f"/folders/{cast.chemistry}/"
    assert "Archived" not in text(client(cast.ben).get(address))
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    badges = r'<div class="(mt-1[^"]*)"><span[^>]*>(?:(?!</div>).)*Archived'
    assert re.findall(badges, text(client(cast.ben).get(address)), re.S) == ["mt-1"]
    assert re.findall(badges, text(client(cast.alice).get(address)), re.S) == ["mt-1 md:hidden"]  # beside a column
