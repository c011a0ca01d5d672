"""The index is kept in step by itself: made, nothing to do, lost the race, mended (R211)."""

from importlib import import_module
from pkgutil import iter_modules

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import library, retention
from cathedra.actions import search as actions
from cathedra.db import migrations
from cathedra.db.models import Recording, SearchDocument, SearchPart
from cathedra.db.writes import search as writes
from cathedra.domain.library import Keeping
from cathedra.domain.terms import Actor, Channel, RecordingId
from tests.finding import index, say, titles
from tests.lectures import lecture


def waiting() -> list[str]:
    rows = ProcrastinateJob.objects.filter(task_name="INDEX_RECORDING", status="todo").order_by("id")
    return [one.args["recording_id"] for one in rows]


def test_a_change_is_found_after_its_job(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    assert actions.index_recording(made, now=now)
    assert titles(cast.ben, "entropy", now=now) == ["Entropy"]
    assert not actions.index_recording(made, now=now), "it is as it was"
    alice = Actor(cast.alice, Channel.WEB)
    assert library.edit_recording(made, title="Enthalpy", tags=["heat"], actor=alice, now=now).is_permitted
    assert waiting() == [str(made)]
    assert actions.index_recording(made, now=now)
    assert titles(cast.ben, "entropy", now=now) == []
    assert titles(cast.ben, "enthalpy heat", now=now) == ["Enthalpy"]
    assert library.edit_recording(made, title="Enthalpy", actor=alice, now=now).is_permitted
    assert waiting() == [str(made)], "what changed nothing asks for nothing"


def test_a_change_meanwhile_is_left_to_its_own_job(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    actions.index_recording(made, now=now)
    version = writes.touch(made)
    Recording.objects.filter(id=made).update(title="Enthalpy", content_version=version + 1)
    assert SearchDocument.objects.get().content_version == 1
    assert not actions.index_recording(RecordingId(cast.alice), now=now), "there is no such recording"


def test_what_lags_or_is_missing_is_mended_and_counted(cast, now):
    lost, lagging, moved, right, purged = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(5))
    for one in (lagging, moved, right):
        actions.index_recording(one, now=now)
    Recording.objects.filter(id=lagging).update(content_version=5)
    Recording.objects.filter(id=moved).update(folder_id=cast.physics)
    Recording.objects.filter(id=purged).update(keeping=Keeping.PURGED)
    assert actions.mend_index() == "3 recordings lagged in the index"
    assert sorted(waiting()) == sorted(str(one) for one in (lost, lagging, moved))
    actions.mend_index()
    assert len(waiting()) == 3, "one job waits for each"
    for one in (lost, lagging, moved):
        assert actions.index_recording(one, now=now, is_mending=True)
    assert actions.mend_index() == ""


def test_a_long_document_of_before_it_had_parts_is_mended_and_a_short_one_left(cast, now):
    short, long = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    index(short, now=now)
    say(long, *(f"and then{n} there were{n} so many{n} of them{n}" for n in range(90)), now=now)
    assert actions.mend_index() == ""
    SearchPart.objects.all().delete()
    assert actions.mend_index() == "1 recordings lagged in the index"
    assert waiting() == [str(long)]
    assert actions.index_recording(long, now=now, is_mending=True)
    assert actions.mend_index() == ""


def test_r211_a_document_of_before_phrases_were_found_everywhere_is_made_anew_and_no_other(cast, now):
    often, long = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    say(often, *(f"beta kappa{n}" for n in range(300)), now=now)
    say(long, *(f"and then{n} there were{n} so many{n} of them{n}" for n in range(90)), now=now)
    SearchPart.objects.filter(number__gt=31).delete()
    assert actions.mend_index() == ""
    name = next(one.name for one in iter_modules(migrations.__path__) if one.name.endswith("_search_stretches"))
    with connection.cursor() as cursor:
        cursor.execute(import_module(f"{migrations.__name__}.{name}").TO_BE_MADE_ANEW)
    assert actions.mend_index() == "1 recordings lagged in the index"
    assert waiting() == [str(often)]
    assert actions.index_recording(often, now=now, is_mending=True)
    assert SearchPart.objects.filter(recording=often, number__gt=31).exists()
    assert actions.mend_index() == ""


def test_r58_what_is_purged_is_found_by_nothing(cast, now):
    facts = {"keeping": Keeping.RECYCLED, "recycled_from": "ONLINE"}
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now, **facts)
    Recording.objects.filter(id=made).update(tags=["heat"])
    actions.index_recording(made, now=now)
    decision = retention.purge_recording(made, reason="Asked for.", actor=Actor(cast.dev, Channel.WEB), now=now)
    assert decision.is_permitted, decision
    assert not SearchDocument.objects.exists()
    assert Recording.objects.get(id=made).tags == []
