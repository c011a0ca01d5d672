"""Correct, upload, reword, delete, ask again: done, each refusal, lost race, audited (R209, R210, R38 row 5)."""

import uuid

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import captions
from cathedra.db.models import AuditEvent, CaptionTrack, Course, Folder, Recording
from cathedra.db.reads import captions as reads
from cathedra.db.reads.captions import TrackNotFound
from cathedra.db.writes import library
from cathedra.domain.library import CaptionTimes, FolderKind, Origin, Wanted
from cathedra.domain.terms import Code, FolderNotFound, RecordingNotFound
from tests.actions.captions.talks import acting, cue, events, talk, tracks
from tests.fakes.speech import ScriptedListener
from tests.lectures import lecture
from tests.said import cut

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, now):
    return talk(cast, now)


def save(made, who, cues, version, language="en"):
    return captions.save_captions(made.id, language, cues=cues, version=version, actor=acting(who), now=made.now)


def test_a_creator_corrects_and_the_marks_of_untouched_words_stay(made, cast):
    made.transcribe(ScriptedListener())
    first, second = made.track().cues
    content = made.content_version()
    saved = save(
        made,
        cast.alice,
        [cue(first.text, first.start_ms, first.end_ms), cue("The enolate attacks.", second.start_ms, second.end_ms)],
        1,
    )
    assert (saved.decision.is_permitted, saved.version) == (True, 2)
    marks = [[word.text for word in one.words if word.confidence < 0.5] for one in made.track().cues]
    assert (second.words[2].text, marks) == ("late", [[], []]), "the doubtful word was corrected"
    assert [word.text for word in made.track().cues[1].words] == ["The", "enolate", "attacks."]
    assert tracks() == [("en", "EDITED", 2)]
    assert events("captions:edit") == [{"language": "en", "cues": 2}]
    assert AuditEvent.objects.get(action="captions:edit").actor_id == cast.alice
    assert made.content_version() == content + 1
    checked = captions.SavedCue(made.track().cues[0], is_checked=True)
    assert save(made, cast.alice, [checked], 2).version == 3
    assert {word.confidence for word in made.track().cues[0].words} == {1}, "a person says that the words are right"


def test_a_file_for_an_edited_recording_says_which_times_it_has_and_is_kept_uncut_r209(made, cast):
    assert made.upload(cast.alice, text="00:02.000 --> 00:04.000\nSaid before the bell").decision.is_permitted
    cut(made.id, (1000, 5000), now=made.now)
    asked = made.upload(cast.alice, text="00:01.000 --> 00:02.000\nIce", replaces=True)
    assert (asked.decision.code, "Say whether the times" in asked.decision.reasons[0].sentence) == (
        Code.BAD_REQUEST,
        True,
    )
    for times, language, wanted in (
        (CaptionTimes.EDITED, "en", [(2000, "Said before the bell"), (5000, "Ice")]),
        (CaptionTimes.UNCUT, "fr", [(1000, "Ice")]),
    ):
        saved = made.upload(
            cast.alice, text="00:01.000 --> 00:02.000\nIce", language=language, replaces=True, times=times
        )
        assert saved.decision.is_permitted
        assert [(one.start_ms, one.text) for one in made.track(language).cues] == wanted
    late = {"text": "00:57.000 --> 00:58.000\nIce", "language": "cy"}
    assert not made.upload(cast.alice, times=CaptionTimes.EDITED, **late).decision.is_permitted, "of 56 seconds"
    assert made.upload(cast.alice, times=CaptionTimes.UNCUT, **late).decision.is_permitted


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(made, cast):
    assert save(made, cast.alice, [cue("mine")], 0).version == 1
    for version in (0, 2):
        assert save(made, cast.alice, [cue("theirs")], version).decision.code is Code.CONFLICT
    wanted = {"wanted": Wanted("mine"), "instead": "x", "actor": acting(cast.alice), "now": made.now}
    assert captions.reword_captions(made.id, "en", version=7, **wanted).decision.code is Code.CONFLICT
    nothing = {**wanted, "wanted": Wanted("nowhere")}
    assert captions.reword_captions(made.id, "en", version=7, **nothing).decision.code is Code.CONFLICT
    assert (
        captions.delete_captions(made.id, "en", version=2, actor=acting(cast.alice), now=made.now).code is Code.CONFLICT
    )
    assert (made.texts(), tracks()) == (["mine"], [("en", "EDITED", 1)])


def test_only_those_of_row_5_change_captions(made, cast, now):
    made.upload(cast.alice)
    for who, code in (
        ("ben", Code.NO_PERMISSION),
        ("chloe", Code.NO_PERMISSION),
        ("dev", Code.NO_PERMISSION),
        (None, Code.SIGN_IN),
    ):
        actor = acting(getattr(cast, who) if who else None)
        answers = [
            captions.save_captions(made.id, "en", cues=[cue("x")], version=1, actor=actor, now=now).decision,
            captions.upload_captions(made.id, "fr", data=b"", actor=actor, now=now).decision,
            captions.reword_captions(
                made.id, "en", wanted=Wanted("hand"), instead="x", version=1, actor=actor, now=now
            ).decision,
            captions.delete_captions(made.id, "en", version=1, actor=actor, now=now),
            captions.ask_again(made.id, has_engine=True, is_confirmed=True, actor=actor, now=now),
            captions.save_glossary(cast.chemistry, words=["x"], actor=actor, now=now),
        ]
        expected = [code] * 5 + [Code.ALLOW if who == "dev" else code]  # dev edits folders, and this one has no course
        if who == "dev":
            expected[-1] = Code.BAD_REQUEST
        assert [answer.code for answer in answers] == expected, who
    assert tracks() == [("en", "UPLOADED", 1)]
    with pytest.raises(RecordingNotFound):
        captions.ask_again(uuid.uuid4(), has_engine=True, actor=acting(cast.alice), now=now)


def test_a_file_becomes_the_captions_of_a_language_and_replaces_only_when_told(made, cast):
    assert made.upload(cast.alice, name="talk.vtt").version == 1
    assert made.track().is_spoken
    refused = made.upload(cast.alice, text="00:01.000 --> 00:02.000\nAgain").decision
    assert (refused.code, refused.reasons[0].values) == (Code.CONFLICT, {"language": "en"})
    assert made.upload(cast.alice, text="00:01.000 --> 00:02.000\nAgain", replaces=True).version == 2
    assert made.texts() == ["Again"]
    assert made.upload(cast.alice, text="00:01.000 --> 00:02.000\nEncore", language="FR").version == 1
    assert not made.track("fr").is_spoken, "a translation"
    assert [one["language"] for one in events("captions:upload")] == ["en", "en", "fr"]
    assert events("captions:upload")[0]["name"] == "talk.vtt"


def test_what_cannot_be_taken_is_refused_with_a_sentence(made, cast, now):
    wrong = made.upload(cast.alice, text="00:01.000 -> 00:02.000\nNo").decision
    assert (wrong.code, wrong.reasons[0].rule, wrong.reasons[0].values["line"]) == (Code.BAD_REQUEST, "R209", "1")
    late = made.upload(cast.alice, text="02:00.000 --> 02:01.000\nAfter the end").decision
    assert late.reasons[0].values["ends"] == "00:01:00.000"
    assert made.upload(cast.alice, language="English!").decision.code is Code.BAD_REQUEST
    assert save(made, cast.alice, [cue(" ")], 0).decision.code is Code.BAD_REQUEST
    assert save(made, cast.alice, [cue("x")], 0, language="").decision.code is Code.BAD_REQUEST
    unseen = save(made, cast.alice, [cue("x"), cue("Nobody sees it", 500, 500)], 0).decision
    assert (unseen.code, unseen.reasons[0].values) == (Code.BAD_REQUEST, {"text": "Nobody sees it"})
    assert save(made, cast.ben, [cue("Nobody sees it", 500, 500)], 0).decision.code is Code.NO_PERMISSION
    empty = captions.reword_captions(
        made.id, "en", wanted=Wanted(" "), instead="", version=1, actor=acting(cast.alice), now=now
    )
    assert empty.decision.code is Code.BAD_REQUEST
    with pytest.raises(TrackNotFound):
        captions.delete_captions(made.id, "cy", version=1, actor=acting(cast.alice), now=now)
    assert tracks() == []


def test_words_are_replaced_everywhere_and_counted(made, cast, now):
    made.transcribe(ScriptedListener(said="The enemy late. An enemy late again."))
    done = captions.reword_captions(
        made.id, "en", wanted=Wanted("enemy late"), instead="enolate", version=1, actor=acting(cast.alice), now=now
    )
    assert (done.count, done.version) == (2, 2)
    assert " ".join(made.texts()).split() == ["The", "enolate.", "An", "enolate", "again."]
    assert events("captions:reword")[0]["places"] == 2


def test_a_language_is_deleted_with_its_file_and_audited(made, cast, now):
    made.upload(cast.alice)
    made.upload(cast.alice, language="fr")
    assert sorted(made.files()) == ["captions-en.vtt", "captions-fr.vtt"]
    assert captions.delete_captions(made.id, "fr", version=1, actor=acting(cast.alice), now=now).is_permitted
    assert made.files() == {"captions-en.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nBy hand\n"}
    assert events("captions:delete") == [{"language": "fr", "origin": "UPLOADED", "cues": 1}]


def test_the_file_that_players_read_follows_the_cuts(made, cast, now):
    made.upload(cast.alice, text="00:01.000 --> 00:02.000\nGone\n\n00:30.000 --> 00:31.000\nThere")
    cut(made.id, (0, 10_000), now=now)
    assert made.files()["e1-captions-en.vtt"] == "WEBVTT\n\n00:00:20.000 --> 00:00:21.000\nThere\n"
    assert "Gone" in made.files()["captions-en.vtt"], "who edits reads all of it"
    captions.delete_captions(made.id, "en", version=1, actor=acting(cast.alice), now=now)
    assert made.files() == {}


def test_asking_again_wants_a_word_for_what_a_person_made_r210(made, cast, now):
    def ask(**options):
        return captions.ask_again(made.id, **{"has_engine": True, "actor": acting(cast.alice), "now": now, **options})

    assert ask(has_engine=False).code is Code.NOT_READY
    made.upload(cast.alice)
    refused = ask()
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R210")
    assert reads.find_listening(made.id) is None
    assert ask(is_confirmed=True).is_permitted
    job = ProcrastinateJob.objects.get(task_name="TRANSCRIBE", args__recording_id=str(made.id))
    assert (job.queue_name, job.args["over_track"], job.args["over_version"], job.priority) == (
        "speech",
        str(made.track().exactly.id),
        1,
        5,
    )
    assert events("captions:ask") == [{"is_confirmed": True}]
    from cathedra.db.models import Rendition

    Rendition.objects.filter(recording_id=made.id).delete()
    assert ask(is_confirmed=True).code is Code.NOT_READY


def test_a_copy_by_reference_shows_its_originals_and_only_its_creators_change_them_r201(made, cast, now):
    made.upload(cast.alice)
    copy = talk(cast, now)
    Recording.objects.filter(id=copy.id).update(
        reference_of_id=made.id, origin=Origin.REFERENCE_COPY, folder_id=cast.physics, owner_id=cast.eve
    )
    from cathedra.db.writes import access
    from cathedra.domain.access import FolderRole
    from cathedra.domain.terms import PrincipalId

    access.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert reads.media_of(copy.id) == made.id
    refused = save(copy, cast.eve, [cue("x")], 1).decision
    assert (refused.code, refused.reasons[0].rule) == (Code.NOT_PERMITTED, "R201")
    access.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    assert save(copy, cast.alice, [cue("By two hands")], 1).decision.is_permitted
    assert made.texts() == ["By two hands"]
    assert captions.write_files(copy.id, store=copy.store) == 0


def test_a_full_copy_begins_with_the_captions_of_its_original_r200(made, cast, now):
    made.transcribe(ScriptedListener())
    copy, fresh = talk(cast, now), talk(cast, now)
    captions.copy_captions(made.id, copy.id, now=now)
    assert CaptionTrack.objects.filter(recording_id=copy.id).count() == 1
    assert copy.texts() == made.texts()
    captions.copy_captions(fresh.id, copy.id, now=now)
    assert ProcrastinateJob.objects.filter(task_name="TRANSCRIBE", args__recording_id=str(copy.id)).count() == 1


def test_the_words_of_a_course_are_kept_with_it_and_audited_r209(cast, now):
    def write(*words):
        return captions.save_glossary(cast.chemistry, words=words, actor=acting(cast.alice), now=now)

    assert write("enolate").code is Code.BAD_REQUEST, "a folder of no course"
    Folder.objects.filter(id=cast.chemistry).update(course_id=Course.objects.get().id)
    assert write("enolate", " aldol ", "Enolate").is_permitted
    assert write("aldol", "enolate").is_permitted
    found = reads.course_words(cast.chemistry)
    assert (found.course, found.words) == ("Chemistry", ("aldol", "enolate"))
    event = AuditEvent.objects.get(action="glossary:edit")
    assert (event.before, event.after) == ({"words": []}, {"words": ["aldol", "enolate"]})


def test_a_folder_says_whether_automatic_captions_are_shown_and_that_is_audited_r208(cast, now):
    def say(shows, who=cast.alice):
        return captions.set_folder_captions(cast.chemistry, shows, actor=acting(who), now=now)

    assert reads.shown_in(cast.chemistry) == reads.Shown(None, None)
    assert say(False).is_permitted
    assert say(False).is_permitted
    assert reads.shown_in(cast.chemistry) == reads.Shown(False, False)
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    assert reads.shown_in(below) == reads.Shown(None, False), "as the folder whose settings it follows"
    assert reads.shows_automatic(lecture(below, cast.alice, now=now)) is False
    assert say(True, cast.ben).code is Code.NO_PERMISSION
    assert say(None).is_permitted
    assert reads.shown_in(below) == reads.Shown(None, None)
    told = [
        (event.before, event.after) for event in AuditEvent.objects.filter(action="folder:set_captions").order_by("id")
    ]
    no, nothing = {"shows_automatic": False}, {"shows_automatic": None}
    assert told == [(nothing, no), (no, nothing)]
    with pytest.raises(FolderNotFound):
        reads.shown_in(uuid.uuid4())
