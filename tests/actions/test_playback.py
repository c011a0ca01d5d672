"""Remember where somebody is, and hand out originals."""

from datetime import timedelta

import pytest

from cathedra.actions import grants
from cathedra.actions import playback as actions
from cathedra.db.models import AccessGrantUse, AuditEvent, Exemption, Folder, Hold, Recording, Source, ViewingPosition
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audit as audit_reads
from cathedra.db.reads import playback as reads
from cathedra.db.reads import viewing as view_reads
from cathedra.domain import access
from cathedra.domain.access import Action, GrantRight
from cathedra.domain.library import MediaState
from cathedra.domain.playback import Part
from cathedra.domain.terms import Actor, Channel, Code, NotFound, RecordingNotFound, SourceId
from tests.fakes.object_store import MemoryStore
from tests.giving import somebody, told
from tests.lectures import keep_original, lecture
from tests.watching import watch


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.API)


def test_who_may_play_it_has_a_place_in_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert actions.save_position(made, position_ms=1234, actor=acting(cast.ben), now=now).is_permitted
    assert reads.position(cast.ben, made) == 1234


def test_who_may_not_has_none(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert actions.save_position(made, position_ms=1, actor=acting(cast.eve), now=now).code == Code.NO_PERMISSION
    assert actions.save_position(made, position_ms=1, actor=acting(None), now=now).code == Code.SIGN_IN
    assert reads.position(cast.eve, made) == 0


def test_whoever_a_grant_alone_lets_watch_leaves_no_place_in_it_r38_row_17(cast, now):
    made, morgan = lecture(cast.chemistry, cast.alice, now=now), somebody("morgan", now=now)
    told(morgan, cast.dev, now=now, recordings=[made])
    assert access.decide(access_reads.recording_facts(morgan, made), Action.VIEW, now).is_permitted
    assert actions.save_position(made, position_ms=9, actor=acting(morgan), now=now).code == Code.NO_PERMISSION
    assert not ViewingPosition.objects.exists()
    Recording.objects.filter(id=made).update(sharing="organisation")
    assert actions.save_position(made, position_ms=9, actor=acting(morgan), now=now).is_permitted, "who may anyhow does"


def test_nothing_to_play_has_no_place_and_time_begins_at_nought(cast, now):
    made = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    assert actions.save_position(made, position_ms=1, actor=acting(cast.alice), now=now).code == Code.NOT_READY
    assert actions.save_position(made, position_ms=-1, actor=acting(cast.alice), now=now).code == Code.BAD_REQUEST
    with pytest.raises(RecordingNotFound):
        actions.save_position(cast.ben, position_ms=1, actor=acting(cast.ben), now=now)


# --- originals (R38 row 15, R43, R148, R204, R223, R225)


@pytest.fixture
def kept(cast, now):
    """A lecture of Alice's with its original in a store."""
    made, store = lecture(cast.chemistry, cast.alice, now=now), MemoryStore()
    return made, keep_original(made, store), store


def take(kept, who, now, part=Part.BEGINNING):
    made, source, store = kept
    return actions.take_original(made, source, part=part, actor=acting(who), now=now, store=store)


def downloads(made):
    return list(AuditEvent.objects.filter(target_id=str(made), action__contains="download").order_by("id"))


def test_who_may_download_is_written_down_once_for_the_whole_file_r204_r223(cast, kept, now):
    made, source, store = kept
    assert take(kept, cast.alice, now, Part.NOTHING).decision.is_permitted
    assert downloads(made) == [], "to ask how large it is is no download"
    first = take(kept, cast.alice, now)
    assert (first.file.id, first.file.object_key, store.offered[-1]) == (
        source,
        f"originals/{made}/{source}",
        first.file.object_key,
    )
    for hours in (0, 5, 11):
        assert take(kept, cast.alice, now + timedelta(hours=hours), Part.REST).file
    (event,) = downloads(made)
    assert (event.action, event.actor_id, event.at, event.channel) == ("recording:download", cast.alice, now, "API")
    assert event.facts == {"source_id": str(source), "name": "one.mp4", "size_bytes": 1}
    take(kept, cast.alice, now + timedelta(hours=12), Part.REST)
    take(kept, cast.alice, now + timedelta(hours=12))
    assert len(downloads(made)) == 3, "the rest after a day is another, and so is the whole once more"


def test_the_rest_alone_is_no_way_around_the_log_r204(cast, kept, now):
    Folder.objects.filter(id=cast.chemistry).update(downloads="viewers")
    made, *_ = kept
    take(kept, cast.alice, now)
    for _ in range(2):
        take(kept, cast.ben, now, Part.REST)
    assert [event.actor_id for event in downloads(made)] == [cast.alice, cast.ben]


def test_whoever_may_not_gets_nothing_and_nothing_is_opened_r38(cast, kept, now):
    made, source, store = kept
    table = {
        cast.ben: Code.NO_PERMISSION,
        cast.chloe: Code.NO_PERMISSION,
        cast.dev: Code.NO_PERMISSION,
        None: Code.SIGN_IN,
    }
    for who, code in table.items():
        for part in Part:
            taken = take(kept, who, now, part)
            assert (taken.decision.code, taken.file, taken.address) == (code, None, "")
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    assert take(kept, cast.alice, now).decision.code == Code.ARCHIVED
    Recording.objects.filter(id=made).update(keeping="ONLINE")
    with pytest.raises(NotFound):
        actions.take_original(
            lecture(cast.chemistry, cast.alice, now=now), source, part=Part.BEGINNING, actor=acting(cast.alice),
            now=now, store=store,
        )  # fmt: skip
    Source.objects.filter(id=source).update(object_key="")
    assert take(kept, cast.alice, now).decision.code == Code.NOT_READY
    Source.objects.filter(id=source).update(object_key="originals/a/b")
    with pytest.raises(NotFound):
        take(kept, cast.alice, now)
    assert (downloads(made), store.offered) == ([], [])


def test_its_owner_downloads_what_is_on_hold_unless_for_the_law_r43(cast, kept, now):
    made, *_ = kept
    Recording.objects.filter(id=made).update(owner_id=cast.chloe)
    hold = Hold.objects.create(recording_id=made, kind="aup_not_permitted", opened_at=now)
    assert take(kept, cast.chloe, now).decision.is_permitted
    assert take(kept, cast.alice, now).decision.code == Code.HELD
    Hold.objects.filter(id=hold.id).update(kind="takedown_legal")
    assert take(kept, cast.chloe, now).decision.code == Code.HELD


def test_a_download_under_a_grant_is_a_use_of_it_and_its_owner_sees_that_r148_r225(cast, kept, now):
    made, source, _ = kept
    morgan = somebody("morgan", now=now)
    told(morgan, cast.dev, now=now, recordings=[made])
    assert take(kept, morgan, now).decision.code == Code.NO_PERMISSION, "to watch is not to download"
    wider = told(morgan, cast.dev, now=now, recordings=[made], rights=[GrantRight.EXPORT])
    take(kept, morgan, now)
    take(kept, morgan, now, Part.REST)
    (event,) = downloads(made)
    assert event.action == "recording:download_under_grant"
    assert (event.actor_id, event.facts["grant_id"], event.facts["source_id"]) == (morgan, str(wider), str(source))
    uses = AccessGrantUse.objects.filter(grant_id=wider).values_list("kind", flat=True)
    assert list(uses) == ["downloaded"]
    seen = audit_reads.list_of_recording(cast.alice, made, limit=5).rows
    assert seen[0].action == "recording:download_under_grant"
    grants.revoke_grant(wider, actor=acting(cast.dev), now=now)
    assert take(kept, morgan, now, Part.REST).decision.code == Code.NO_PERMISSION


def test_the_owner_of_what_a_copy_repeats_sees_who_downloaded_that_r225(cast, kept, now):
    made, source, store = kept
    again = lecture(cast.chemistry, cast.chloe, now=now, has_picture=False, origin="reference_copy", reference_of=made)
    taken = actions.take_original(again, source, part=Part.BEGINNING, actor=acting(cast.chloe), now=now, store=store)
    assert taken.file.object_key == f"originals/{made}/{source}"
    assert [event.action for event in downloads(again)] == ["recording:download"]
    (told_too,) = downloads(made)
    assert (told_too.action, told_too.facts["copy_id"]) == ("recording:download_of_copy", str(again))


# --- a download is a view (R204)


def sums(made):
    totals = view_reads.find_totals(made)
    return None if totals is None else (totals.views, totals.anonymous_views, totals.viewers, totals.delivered_ms)


def test_a_download_counts_as_a_view_once_for_all_files_and_parts_of_half_a_day_r204(cast, kept, now):
    made, _, store = kept
    Source.objects.create(
        recording_id=made,
        position=1,
        original_name="two.mp4",
        size_bytes=1,
        object_key="originals/two",
        received_at=now,
    )
    store.put_bytes("originals/two", b"2")
    second = SourceId(Source.objects.get(position=1).id)
    take(kept, cast.alice, now, Part.NOTHING)
    assert sums(made) is None
    take(kept, cast.alice, now)
    take(kept, cast.alice, now + timedelta(hours=1), Part.REST)
    take((made, second, store), cast.alice, now + timedelta(hours=1))
    take(kept, cast.alice, now + timedelta(hours=2))
    assert len(downloads(made)) == 3
    assert sums(made) == (1, 0, 1, 0)
    take(kept, cast.alice, now + timedelta(hours=14))
    assert sums(made) == (2, 0, 1, 0)
    (line,) = view_reads.list_viewers(made)
    assert (line.account_id, line.views, line.percent, line.last_at) == (cast.alice, 2, 0, now)
    assert view_reads.average_percent(made) is None, "nobody knows how much of it was watched"


def test_who_watched_it_too_keeps_their_percent_and_is_one_viewer_r204_r214(cast, kept, now):
    made, *_ = kept
    watch(made, [cast.alice], now=now, until_ms=30_000)
    take(kept, cast.alice, now + timedelta(minutes=1))
    assert sums(made) == (2, 0, 1, 30_000)
    (line,) = view_reads.list_viewers(made)
    assert (line.views, line.percent, view_reads.average_percent(made)) == (2, 50, 50)


def test_strangers_who_download_what_is_public_are_counted_without_a_name_r204_r13(cast, kept, now):
    made, *_ = kept
    Folder.objects.filter(id=cast.chemistry).update(downloads="viewers")
    Recording.objects.filter(id=made).update(sharing="public")
    Exemption.objects.create(
        kind="public_sharing", recording_id=made, reason="an open lecture", given_at=now, given_by_id=cast.dev,
        expires_at=now + timedelta(days=30),
    )  # fmt: skip
    for _ in range(2):
        assert take(kept, None, now).decision.is_permitted
    assert sums(made) == (2, 2, 0, 0)
    assert view_reads.list_viewers(made) == []


def test_a_download_under_a_grant_is_not_counted_r148(cast, kept, now):
    made, *_ = kept
    morgan = somebody("morgan", now=now)
    told(morgan, cast.dev, now=now, recordings=[made], rights=[GrantRight.EXPORT])
    assert take(kept, morgan, now).decision.is_permitted
    assert sums(made) is None


def test_a_download_that_is_refused_is_no_view_r204(cast, kept, now):
    made, *_ = kept
    assert not take(kept, cast.ben, now).decision.is_permitted
    assert sums(made) is None
