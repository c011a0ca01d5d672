"""What the player asks for."""

import pytest

from cathedra.db.models import Edit, Recording, Source, Stream
from cathedra.db.reads import playback as reads
from cathedra.domain.library import MediaState, Publication
from tests.lectures import lecture
from tests.said import cut
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, title="Entropy", now=now)


def player(who, recording):
    return client(who).get(f"/api/recordings/{recording}/player")


def test_the_player_gets_one_entry_for_each_playlist(cast, made, now):
    source = Source.objects.create(
        recording_id=made, position=1, original_name="two.mp4", size_bytes=1, object_key="", received_at=now
    )
    first = Source.objects.get(recording_id=made, position=0)
    for owner, role, index in ((source, "SECONDARY", 0), (first, "AUDIO", 1)):
        Stream.objects.create(
            recording_id=made, source=owner, role=role, source_index=index, duration_ms=1, is_screen=True
        )
    seen = player(cast.ben, made).json()
    here = f"/stream/{made}"
    assert [(stream["role"], stream["playlist_url"]) for stream in seen["streams"]] == [
        ("PRIMARY", f"{here}/primary.m3u8"),
        ("SECONDARY", f"{here}/secondary.m3u8"),
    ]
    assert (seen["poster_url"], seen["storyboard_url"]) == (f"{here}/poster.jpg", f"{here}/storyboard.vtt")
    assert (seen["title"], seen["position_ms"], seen["can_edit"]) == ("Entropy", 0, False)
    assert player(cast.alice, made).json()["can_edit"] is True


def test_sound_alone_has_the_one_playlist_and_no_stills(cast, now):
    made = lecture(cast.chemistry, cast.alice, has_picture=False, now=now)
    seen = player(cast.ben, made).json()
    assert [stream["role"] for stream in seen["streams"]] == ["AUDIO"]
    assert seen["poster_url"] is seen["storyboard_url"] is None


def test_what_cannot_be_played_is_refused_with_its_reason(cast, made):
    Recording.objects.filter(id=made).update(publication=Publication.WAITING)
    refused = player(cast.ben, made)
    assert (refused.status_code, refused.json()["code"], refused.json()["rule"]) == (403, "WAITING_APPROVAL", "R63")
    assert "Entropy" not in refused.content.decode()


def test_progress_tells_stage_percent_and_estimate(cast, made):
    Recording.objects.filter(id=made).update(
        media_state=MediaState.PREPARING, publication=Publication.DRAFT, stage="Looking at the file", stage_percent=5,
        stage_estimate_s=40, dropped=[{"name": "", "sentence": "The second sound was empty.", "values": {}}],
    )  # fmt: skip
    assert client(cast.alice).get(f"/api/recordings/{made}/progress").json() == {
        "state": "processing",
        "stage": "Looking at the file",
        "percent": 5,
        "estimate_s": 40,
        "queue_position": None,
        "is_playable": False,
        "failure": "",
        "dropped": ["The second sound was empty."],
    }
    assert client(cast.ben).get(f"/api/recordings/{made}/progress").status_code == 404


def test_a_position_is_kept_and_given_back(cast, made):
    answer = client(cast.ben).put(f"/api/recordings/{made}/position", {"position_ms": 30_000}, **JSON)
    assert answer.status_code == 204
    assert player(cast.ben, made).json()["position_ms"] == 30_000
    for wrong in ({"position_ms": -1}, {"position_ms": 10**15}, {"position_ms": "x"}, {}):
        assert client(cast.ben).put(f"/api/recordings/{made}/position", wrong, **JSON).status_code == 422
    assert client(cast.eve).put(f"/api/recordings/{made}/position", {"position_ms": 1}, **JSON).status_code == 404
    assert reads.position(cast.ben, made) == 30_000


def test_r201_who_watched_while_it_was_edited_goes_on_at_the_same_moment(cast, made, now):
    def asked(who, **was):
        return client(who).get(f"/api/recordings/{made}/player", was).json()

    assert (asked(cast.ben)["version"], asked(cast.ben)["moved"]) == (0, None)
    assert asked(cast.ben, version=0, at_ms=7000)["moved"] == {"at_ms": 7000, "is_cut": False, "is_same": True}
    cut(made, (0, 5000), (20_000, 30_000), now=now)
    seen = asked(cast.ben, version=0, at_ms=12_000)
    assert (seen["version"], seen["duration_ms"], seen["spoken"]) == (1, 45_000, "45 seconds")
    assert seen["moved"] == {"at_ms": 7000, "is_cut": False, "is_same": False}
    gone = {"at_ms": 15_000, "is_cut": True, "is_same": False}
    assert asked(cast.ben, version=0, at_ms=25_000)["moved"] == gone, "it goes on where the cut ends"
    Edit.objects.create(recording_id=made, version=2, cuts=[[0, 59_000]], made_at=now)
    assert asked(cast.ben, version=2, at_ms=0)["moved"] is None, "cuts that no viewer has had are their editor's"
    for wrong in ({"version": -1}, {"version": 1, "at_ms": -1}, {"version": "x"}, {"version": 2**40}):
        assert client(cast.ben).get(f"/api/recordings/{made}/player", wrong).status_code == 422
    assert "moved" not in asked(cast.eve, version=0, at_ms=7000)
