"""Listening in the background: done, nothing, off, lost, failed, repeated, audited (R208, R210, R59)."""

import uuid

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import captions
from cathedra.actions.captions import Outcome
from cathedra.db.models import Course, Folder, Notice, Rendition
from cathedra.db.reads import captions as reads
from cathedra.db.writes import captions as writes
from cathedra.domain.library import AnalysisState, CaptionOrigin, Keeping
from cathedra.domain.terms import UnableTo, system_actor
from tests.actions.captions.talks import acting, cue, events, talk, tracks
from tests.fakes.speech import SAID, ScriptedListener
from tests.finding import show

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, now):
    return talk(cast, now)


def test_what_is_said_becomes_automatic_captions_and_is_found_and_audited_r208(made, cast, now):
    Folder.objects.filter(id=cast.chemistry).update(course_id=Course.objects.get().id)
    captions.save_glossary(cast.chemistry, words=["enolate", "Zermelo"], actor=acting(cast.alice), now=now)
    show(made.id, "Zermelo’s paradox", now=now)
    version, listener = made.content_version(), ScriptedListener()
    assert made.transcribe(listener) is Outcome.DONE
    assert listener.calls == [(b"its sound", 60_000, ("Zermelo", "enolate"))], "what stands on a slide comes first"
    track = made.track()
    assert (track.origin, track.is_spoken, track.version) == (CaptionOrigin.AUTOMATIC, True, 1)
    assert " ".join(made.texts()).split() == SAID.split()
    assert [word.text for one in track.cues for word in one.words if word.confidence < 0.5] == ["late"]
    found = reads.find_listening(made.id)
    assert (found.state, found.percent, found.engine) == (AnalysisState.DONE, None, "scripted 1")
    assert events("captions:hear") == [{"language": "en", "cues": len(track.cues), "engine": "scripted 1"}]
    assert made.content_version() == version + 1
    assert ProcrastinateJob.objects.filter(task_name="WRITE_CAPTIONS", args__recording_id=str(made.id)).count() == 1
    assert made.transcribe(listener) is Outcome.NOTHING_TO_DO, "a job that was done is not done again"
    assert len(listener.calls) == 1


def test_where_nobody_speaks_or_there_is_no_sound_there_are_no_captions_and_no_failure_r59(made, cast, now):
    assert made.transcribe(ScriptedListener(said="")) is Outcome.NOTHING
    found = reads.find_listening(made.id)
    assert (found.state, found.problem) == (AnalysisState.NOTHING, "")
    silent, listener = talk(cast, now), ScriptedListener()
    Rendition.objects.filter(recording_id=silent.id).delete()
    assert silent.transcribe(listener) is Outcome.NOTHING
    assert listener.calls == []
    assert tracks() == []
    assert events("captions:hear") == []


def test_a_sound_that_comes_with_a_later_file_is_listened_to_r208(cast, now):
    made, listener = talk(cast, now), ScriptedListener()
    sound = Rendition.objects.get(recording_id=made.id)
    Rendition.objects.filter(recording_id=made.id).delete()
    assert made.transcribe(listener) is Outcome.NOTHING
    assert made.transcribe(listener) is Outcome.NOTHING_TO_DO, "nothing has come"
    assert made.id not in reads.list_unheard(most=9)
    sound.save(force_insert=True)
    assert reads.list_unheard(most=9) == (made.id,), "a night finds what was passed over"
    assert made.transcribe(listener) is Outcome.DONE
    assert tracks() == [("en", "AUTOMATIC", 1)]
    assert reads.list_unheard(most=9) == ()
    quiet = talk(cast, now)
    assert quiet.transcribe(ScriptedListener(said="")) is Outcome.NOTHING
    assert quiet.transcribe(listener) is Outcome.NOTHING_TO_DO, "it was listened to, and nobody speaks"
    assert reads.list_unheard(most=9) == ()


def test_without_an_engine_it_is_off_and_its_turn_comes_when_there_is_one(made, now):
    assert made.transcribe(None) is Outcome.OFF
    found = reads.find_listening(made.id)
    assert found.state is AnalysisState.OFF
    assert "speech" in found.problem
    assert captions.catch_up(has_engine=False, actor=system_actor(), now=now) == 0
    assert captions.catch_up(has_engine=True, actor=system_actor(), now=now) == 1
    assert ProcrastinateJob.objects.get(task_name="TRANSCRIBE").priority < 0, "R60: after what is new"
    assert made.transcribe(ScriptedListener()) is Outcome.DONE
    assert captions.catch_up(has_engine=True, actor=system_actor(), now=now) == 0


def test_progress_is_told_and_the_second_attempt_wins(made, now):
    seen, second = [], uuid.uuid4()

    def overtaken():
        seen.append(reads.find_listening(made.id).state)
        writes.begin_listening(made.id, attempt=second, now=now)

    assert made.transcribe(ScriptedListener(during=overtaken)) is Outcome.LOST
    assert seen == [AnalysisState.RUNNING]
    assert tracks() == []
    assert reads.find_listening(made.id).attempt == second
    assert writes.set_listening_percent(made.id, attempt=second, percent=50)
    assert reads.find_listening(made.id).percent == 50
    assert made.transcribe(ScriptedListener()) is Outcome.DONE, "after kill -9 the job begins anew"


def test_a_last_failure_is_said_and_audited_and_it_can_be_asked_again(made, cast, now):
    with pytest.raises(UnableTo):
        made.transcribe(ScriptedListener(failing=UnableTo("no memory")))
    assert captions.fail_listening(made.id, why="no memory", actor=system_actor(), now=now, attempt=uuid.uuid4())
    found = reads.find_listening(made.id)
    assert found.state is AnalysisState.FAILED
    assert found.problem
    assert events("captions:hear_failed") == [{"why": "no memory"}]
    assert told("N29_FAILED") == [cast.alice]
    assert captions.ask_again(made.id, has_engine=True, actor=acting(cast.alice), now=now).is_permitted
    assert reads.find_listening(made.id).state is AnalysisState.WAITING
    unheard = talk(cast, now)
    assert not captions.fail_listening(unheard.id, why="", actor=system_actor(), now=now, attempt=uuid.uuid4())


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_whoever_asked_is_told_and_nobody_for_a_recordings_turn_n29(made, cast, now):
    made.transcribe(ScriptedListener())
    assert told("N29") == []
    writes.await_listening(made.id, now=now)
    made.transcribe(ScriptedListener(), asked_by=cast.alice)
    assert told("N29") == [cast.alice]


def test_a_persons_captions_stay_also_in_a_kind_of_the_language_r210(made, cast, now):
    made.upload(cast.alice, language="en-GB")
    assert made.transcribe(ScriptedListener()) is Outcome.KEPT
    assert tracks() == [("en-GB", "UPLOADED", 1)]
    assert reads.find_listening(made.id).state is AnalysisState.DONE


def test_those_that_a_creator_confirmed_go_unless_somebody_changed_them_since_r210(made, cast, now):
    made.upload(cast.alice, language="en")
    writes.await_listening(made.id, now=now)
    assert made.transcribe(ScriptedListener(), over=made.track().exactly) is Outcome.DONE
    assert tracks() == [("en", "AUTOMATIC", 2)]
    writes.await_listening(made.id, now=now)
    confirmed = made.track().exactly

    def corrected():
        captions.save_captions(
            made.id, "en", cues=[cue("Better")], version=confirmed.version, actor=acting(cast.alice), now=now
        )

    assert made.transcribe(ScriptedListener(during=corrected), over=confirmed) is Outcome.KEPT
    assert made.texts() == ["Better"]


def test_a_confirmation_is_of_those_captions_alone_not_of_others_with_the_same_version_r210(made, cast, now):
    made.upload(cast.alice, language="en")
    confirmed = made.track().exactly

    def made_anew():
        captions.delete_captions(made.id, "en", version=1, actor=acting(cast.alice), now=now)
        made.upload(cast.alice, language="en")

    assert made.transcribe(ScriptedListener(during=made_anew), over=confirmed) is Outcome.KEPT
    assert tracks() == [("en", "UPLOADED", 1)], "uploaded since, and of the version that was confirmed"


def test_a_confirmation_for_one_language_is_none_for_another_r210(made, cast, now):
    made.upload(cast.alice, language="fr")
    made.upload(cast.alice, language="en")
    asked = {"has_engine": True, "is_confirmed": True, "actor": acting(cast.alice), "now": now}
    assert captions.ask_again(made.id, **asked).is_permitted
    french = next(row for row in reads.list_tracks(made.id) if row.is_spoken)
    assert french.language == "fr", "they were there first, so they are taken for what is spoken"
    assert made.transcribe(ScriptedListener(), over=french.exactly) is Outcome.KEPT, "English was heard"
    assert sorted(tracks()) == [("en", "UPLOADED", 1), ("fr", "UPLOADED", 1)]


def test_what_is_in_the_archive_or_gone_is_left_alone(cast, now):
    archived = talk(cast, now, keeping=Keeping.ARCHIVED)
    assert archived.transcribe(ScriptedListener()) is Outcome.NOTHING_TO_DO
    assert reads.find_listening(archived.id) is None
    archived.id = uuid.uuid4()
    assert archived.transcribe(ScriptedListener()) is Outcome.NOTHING_TO_DO
