"""The page of a recording."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Exemption, Hold, Recording
from cathedra.domain.library import Keeping, MediaState, Publication
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, title="Entropy", description="What it is.", now=now)


def watch(who, recording):
    return client(who).get(f"/recordings/{recording}/")


def test_a_viewer_gets_the_player_and_what_it_is(cast, made):
    page = text(watch(cast.ben, made))
    assert f'<div id="player" data-recording="{made}"' in page
    assert "Entropy" in page
    assert "What it is." in page
    assert "Edit details" not in page
    assert 'id="progress"' not in page


def test_its_tags_lead_to_what_else_has_them_r211(cast, made):
    Recording.objects.filter(id=made).update(tags=["thermo & co", "<b>"])
    page = text(client(cast.ben).get(f"/recordings/{made}/"))
    assert 'href="/search/?q=thermo%20%26%20co">thermo &amp; co</a>' in page
    assert "<b>" not in page, "class 17"


def test_a_creator_also_gets_the_bar(cast, made):
    page = text(watch(cast.alice, made))
    for part in ("Published", "Who can see it", "Edit details", "Add a second picture"):
        assert part in page


def test_outsiders_learn_nothing_r36_r42(cast, made):
    for who, status in ((cast.eve, 404), (cast.dev, 404), (None, 401)):
        answer = watch(who, made)
        assert answer.status_code == status
        assert "Entropy" not in text(answer)
        assert "Part IA" not in text(answer)
    assert "?next=/recordings/" in text(watch(None, made))


@pytest.mark.parametrize(
    ("facts", "for_ben", "for_alice"),
    [
        ({"media_state": MediaState.PREPARING, "publication": Publication.DRAFT}, 409, 200),
        ({"media_state": MediaState.FAILED, "publication": Publication.DRAFT, "failure": "No."}, 409, 200),
        ({"publication": Publication.WAITING}, 403, 200),
        ({"publication": Publication.REJECTED}, 403, 200),
        ({"keeping": Keeping.ARCHIVED}, 409, 200),
        ({"keeping": Keeping.RECYCLED}, 404, 200),
        ({"keeping": Keeping.PURGED}, 410, 410),
    ],
)
def test_what_is_in_the_way_is_told_to_those_who_passed_permission_r41(cast, made, facts, for_ben, for_alice):
    Recording.objects.filter(id=made).update(**facts)
    assert (watch(cast.ben, made).status_code, watch(cast.alice, made).status_code) == (for_ben, for_alice)
    assert "Entropy" not in text(watch(cast.ben, made))


def test_a_held_recording_plays_for_its_owner_only_r43(cast, made, now):
    Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
    assert watch(cast.ben, made).status_code == 403
    assert 'id="player"' in text(watch(cast.alice, made))
    assert 'id="player"' not in text(watch(cast.chloe, made))


def test_processing_shows_stage_percent_and_estimate_and_asks_again_r60(cast, made):
    Recording.objects.filter(id=made).update(
        media_state=MediaState.PREPARING,
        publication=Publication.DRAFT,
        stage="Making the smaller sizes",
        stage_percent=42,
        stage_estimate_s=95,
    )
    page = text(watch(cast.alice, made))
    assert f'hx-get="/recordings/{made}/progress/?was=processing" hx-trigger="every 1s"' in page
    for part in ("Making the smaller sizes", 'value="42"', "about 2 minutes left"):
        assert part in page
    assert 'http-equiv="refresh"' in page  # inside noscript: it works without JavaScript


def test_the_fragment_reloads_the_page_when_the_state_moved(cast, made):
    browser = client(cast.alice)
    same = browser.get(f"/recordings/{made}/progress/", {"was": "published"})
    moved = browser.get(f"/recordings/{made}/progress/", {"was": "processing"})
    assert "HX-Refresh" not in same
    assert moved["HX-Refresh"] == "true"
    assert "hx-get" not in text(same)


def test_only_insiders_follow(cast, made):
    for who, status in ((cast.ben, 404), (cast.eve, 404), (None, 401), (cast.chloe, 200)):
        assert client(who).get(f"/recordings/{made}/progress/").status_code == status


def test_a_failure_says_why_and_what_to_do(cast, made):
    Recording.objects.filter(id=made).update(
        media_state=MediaState.FAILED,
        publication=Publication.DRAFT,
        failure="“{name}” holds no pictures.",
        failure_values={"name": "<b>x</b>.mp4"},
    )
    page = text(watch(cast.alice, made))
    assert "“&lt;b&gt;x&lt;/b&gt;.mp4” holds no pictures." in page
    assert f"/recordings/{made}/process-again/" in page  # T18


def test_what_was_left_out_is_told_r59(cast, made):
    Recording.objects.filter(id=made).update(
        dropped=[
            {"name": "one.mkv", "sentence": "The second sound was empty.", "values": {}},
            {"name": "", "sentence": "“{name}” was locked.", "values": {"name": "deck.pdf"}},
        ]
    )
    page = text(watch(cast.alice, made))
    for told in ("one.mkv: The second sound was empty.", "“deck.pdf” was locked."):
        assert told in page
    assert "deck.pdf" not in text(watch(cast.ben, made))


def test_details_are_edited_by_a_creator(cast, made):
    browser, address = client(cast.alice), f"/recordings/{made}/edit/"
    version = browser.get(address).context["form"]["version"].value()
    answer = browser.post(address, {"title": "Order", "description": "New.", "version": version})
    assert (answer.status_code, answer["Location"]) == (302, f"/recordings/{made}/")
    lost = browser.post(address, {"title": "Again", "description": "", "version": version})
    assert lost.status_code == 422
    assert "Somebody else changed this recording" in text(lost)
    assert browser.post(address, {"title": " ", "version": ""}).status_code == 422
    assert Recording.objects.get(id=made).title == "Order"


@pytest.mark.parametrize("who", ["ben", "chloe", "eve", None])
def test_nobody_else_edits(cast, made, who):
    browser = client(getattr(cast, who) if who else None)
    for answer in (browser.get(f"/recordings/{made}/edit/"), browser.post(f"/recordings/{made}/edit/", {"title": "x"})):
        assert answer.status_code == (404 if who else 401)
    assert Recording.objects.get(id=made).title == "Entropy"


def test_a_page_costs_a_bounded_number_of_questions(cast, made, now, django_assert_max_num_queries):
    for place in range(8):
        lecture(cast.chemistry, cast.alice, title=str(place), now=now)
    browser = client(cast.ben)
    with django_assert_max_num_queries(22):
        browser.get(f"/recordings/{made}/")


def test_what_is_public_is_watched_without_signing_in_r13_r33(cast, made, now):
    """Only with an exemption; its folder, its other recordings and the API's other answers stay closed."""
    Recording.objects.filter(id=made).update(sharing="public_unlisted")
    anybody = client()
    assert anybody.get(f"/recordings/{made}/").status_code == 401
    Exemption.objects.create(
        kind="public_sharing",
        recording_id=made,
        reason="an open lecture",
        given_at=timezone.now(),
        given_by_id=cast.dev,
        expires_at=timezone.now() + timedelta(days=1),
    )
    page = anybody.get(f"/recordings/{made}/")
    assert page.status_code == 200
    assert f"/folders/{cast.chemistry}/" not in text(page)
    assert anybody.get(f"/api/recordings/{made}/player").status_code == 200
    assert anybody.get(f"/folders/{cast.chemistry}/").status_code == 401
    assert anybody.get(f"/api/recordings/{made}").status_code == 401
    assert anybody.get(f"/recordings/{made}/edit/").status_code == 401
