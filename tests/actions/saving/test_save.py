"""A recording saved anew without what is cut: what it holds, what it is given, what is counted, who may (R103)."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from cathedra.actions import publishing, retention, saving, slides
from cathedra.actions.encoding import Outcome
from cathedra.actions.retention import Stores
from cathedra.db.models import (
    Analysis,
    AuditEvent,
    CaptionTrack,
    Chapter,
    Edit,
    Hold,
    MeterEntry,
    Note,
    Notice,
    Recording,
    RecordingViewer,
    RetentionExemption,
    Saving,
    Slide,
    SlideDeck,
    Source,
    Stream,
    UseCase,
    UseDecision,
    UseDeclaration,
)
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import content, policy
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import access as access_writes
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Edits, Layout, Look
from cathedra.domain.terms import Code
from tests import policies
from tests.actions.editing.conftest import acting
from tests.actions.retention.archives import events, is_proved
from tests.actions.saving.conftest import CUTS, KEPT_MS, SYSTEM
from tests.actions.test_encoding import jobs
from tests.fakes.object_store import MemoryStore
from tests.said import say

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


def view(who, recording_id, now):
    return access.decide(access_reads.recording_facts(who, recording_id), access.Action.VIEW, now).code


def counted(recording_id) -> dict:
    sums: dict = {}
    for category, delta in MeterEntry.objects.filter(recording_id=recording_id).values_list("category", "delta_s"):
        sums[category] = sums.get(category, 0) + delta
    return {category: total for category, total in sums.items() if total}


def test_r103_the_original_plays_until_the_new_one_does_and_then_lies_in_the_bin(anew, cast, now):
    anew.cut()
    asked = anew.ask()
    new = asked.recording_id
    assert (asked.decision.is_permitted, anew.row(new).origin, jobs()[-1][0]) == (True, "full_copy", "SAVE_ANEW")
    assert anew.ask().recording_id == new, "R53: asked again it is the same one"
    assert anew.step(new) is Outcome.DONE
    (file,) = Source.objects.filter(recording_id=new)
    assert (file.probe["may_copy"], file.object_key in anew.room.objects) == (False, True)
    assert anew.step(new) is Outcome.NOTHING_TO_DO, "it is not made yet"
    anew.encode(new)
    assert anew.row(new).media_state == "PREPARING", "all of it is there, and nobody's to watch before the last step"
    assert (view(cast.ben, new, now), view(cast.ben, anew.id, now)) == (Code.NOT_READY, Code.ALLOW)
    assert counted(new) == {}
    assert not Analysis.objects.filter(recording_id=new).exists()
    assert anew.step(new) is Outcome.DONE
    assert anew.step(new) is Outcome.NOTHING_TO_DO
    assert (view(cast.ben, new, now), view(cast.ben, anew.id, now)) == (Code.ALLOW, Code.NOT_FOUND)
    assert (anew.row().keeping, anew.row(new).duration_ms, anew.row(new).edited_ms) == ("RECYCLED", KEPT_MS, None)
    assert events(anew.id, "recording:cut", "recording:show_edit") == ["recording:save_anew", "recording:recycle"]
    assert events(new)[-1] == "recording:finish_saving"
    assert AuditEvent.objects.get(action="recording:recycle").actor_id == cast.alice
    assert [row.recipient_id for row in Notice.objects.filter(kind="SAVED_ANEW")] == [cast.alice]
    assert not Notice.objects.filter(kind__in=("N6", "N35")).exists()


def test_r103_stored_falls_when_the_original_is_purged_and_nothing_is_recorded_again(anew, cast, now):
    anew.cut()
    preview = saving.preview_saving(anew.id, actor=acting(cast.alice), now=now)
    assert (preview.decision.is_permitted, preview.before_s, preview.after_s, preview.version) == (True, 60, 47, 1)
    new = anew.save()
    assert (counted(anew.id), counted(new)) == ({"RECORDED": 60, "STORED": 60}, {"STORED": 47})
    assert is_proved(now)
    assert retention.purge_recording(anew.id, actor=acting(cast.alice), now=now).is_permitted
    assert (counted(anew.id), counted(new)) == ({"RECORDED": 60}, {"STORED": 47})
    assert is_proved(now)
    retention.tend_retention(actor=SYSTEM, now=now, stores=Stores(media=anew.tools.store, archive=MemoryStore()))
    assert {key.split("/")[1] for key in anew.room.objects} == {str(new)}, "what was cut is nowhere any more"


def test_r135_taken_out_of_the_bin_the_original_is_what_it_was_with_its_cuts(anew, cast, now):
    anew.cut()
    new = anew.save()
    assert retention.take_back_recording(anew.id, actor=acting(cast.alice), now=now + DAY).is_permitted
    assert (view(cast.ben, anew.id, now), view(cast.ben, new, now)) == (Code.ALLOW, Code.ALLOW)
    assert content.edits_of(anew.id) == Edits(CUTS)
    assert counted(anew.id)["STORED"] + counted(new)["STORED"] == 107
    assert is_proved(now)
    assert anew.ask(version=1).decision.is_permitted, "and may be saved anew once more"


def test_what_is_said_and_shown_lies_where_it_is_said_and_shown_now(anew, cast, now):
    say(anew.id, now=now)
    Analysis.objects.create(recording_id=anew.id, kind="SLIDES", state="DONE", changed_at=now)
    Stream.objects.filter(recording_id=anew.id).update(is_screen=True)
    for place in (0, 1):
        anew.tools.store.put_bytes(f"stream/{anew.id}/slide-{place}.jpg", b"a picture")
    Note.objects.create(recording_id=anew.id, account_id=cast.ben, at_ms=1, text="Why?", made_at=now, changed_at=now)
    CaptionTrack.objects.filter(recording_id=anew.id, language="en").update(
        cues=[[5000, 9000, "Take this box.", [[5000, 6000, "Take", 0.9], [6000, 7000, "this", 0.2]]]]
    )
    anew.cut(looks=[Look(0, Layout.SIDE), Look(40_000, Layout.FIRST)])
    new = anew.save()
    tracks = dict(CaptionTrack.objects.filter(recording_id=new).values_list("language", "cues"))
    assert tracks["en"] == [[0, 4000, "Take this box.", [[0, 1000, "Take", 0.9], [1000, 2000, "this", 0.2]]]]
    assert tracks["de"] == [], "what was said only in what is cut"
    chapters = Chapter.objects.filter(recording_id=new).order_by("start_ms").values_list("start_ms", "title")
    assert list(chapters) == [(0, "Gases"), (17_000, "Ice & water")]
    slides = Slide.objects.filter(recording_id=new).order_by("position")
    assert [(one.start_ms, one.end_ms, one.image) for one in slides] == [
        (0, 17_000, "slide-0.jpg"),
        (17_000, 47_000, "slide-1.jpg"),
    ]
    assert {one.stream.recording_id for one in slides} == {new}
    assert anew.room.objects[f"stream/{new}/slide-1.jpg"] == b"a picture"
    assert set(Analysis.objects.filter(recording_id=new).values_list("kind", "state")) == {
        ("SPEECH", "DONE"),
        ("SLIDES", "DONE"),
    }
    assert content.edits_of(new) == Edits((), (Look(0, Layout.SIDE), Look(27_000, Layout.FIRST)))
    assert not Note.objects.filter(recording_id=new).exists(), "R200"


def test_slides_whose_pictures_are_not_there_are_looked_for_anew(anew, now):
    say(anew.id, now=now)
    Analysis.objects.create(recording_id=anew.id, kind="SLIDES", state="DONE", changed_at=now)
    anew.cut()
    new = anew.save()
    assert not Slide.objects.filter(recording_id=new).exists()
    assert "READ_SLIDES" in {kind for kind, *_ in jobs()}


def attach_deck(anew, content: bytes, now):
    deck_path = anew.tools.work_dir / "deck.pdf"
    deck_path.parent.mkdir(parents=True, exist_ok=True)
    deck_path.write_bytes(b"%PDF-1.4 " + content)
    done = slides.attach_deck(
        anew.id, name="Week 3.pdf", path=deck_path, actor=acting(anew.cast.alice), now=now, store=anew.tools.store
    )
    assert done.is_permitted, done


def deck_of(anew, recording_id) -> tuple[str, bytes]:
    deck = SlideDeck.objects.get(recording_id=recording_id)
    assert deck.object_key.startswith(f"originals/{recording_id}/deck-")
    return deck.original_name, anew.room.objects[deck.object_key]


def test_the_file_of_slides_goes_with_it_and_the_original_keeps_its_own(anew, now):
    attach_deck(anew, b"one", now)
    SlideDeck.objects.update(pages=[["Heat", "Heat"]])
    anew.cut()
    new = anew.save()
    assert deck_of(anew, new) == deck_of(anew, anew.id) == ("Week 3.pdf", b"%PDF-1.4 one")
    assert SlideDeck.objects.get(recording_id=new).pages == [["Heat", "Heat"]]


def test_a_file_of_slides_that_comes_while_it_is_saved_goes_with_it_too(anew, now):
    attach_deck(anew, b"one", now)
    anew.cut()
    new = anew.ask().recording_id
    anew.step(new)
    anew.encode(new)

    class Late:
        """A store in which another file of slides arrives when the first one is copied."""

        def __init__(self):
            self.is_early = True

        def __getattr__(self, name):
            return getattr(anew.tools.store, name)

        def exists(self, key):
            if self.is_early:
                self.is_early = False
                attach_deck(anew, b"two", now)
            return anew.tools.store.exists(key)

    late = Late()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'SAVE_ANEW'")  # the one that is being done
    assert not saving.finish_saving(new, actor=SYSTEM, now=now, store=late)
    assert [kind for kind, *_ in jobs()].count("SAVE_ANEW") == 1, "it is done once more"
    assert anew.row(new).media_state == "PREPARING"
    assert saving.finish_saving(new, actor=SYSTEM, now=now, store=late)
    assert deck_of(anew, new) == ("Week 3.pdf", b"%PDF-1.4 two")


def test_r114_r128_r16_it_reaches_whom_the_original_reached_and_is_no_younger_than_that(anew, cast, now):
    came = now - 200 * DAY
    Recording.objects.filter(id=anew.id).update(
        uploaded_at=came, created_at=came, sharing="organisation_unlisted", downloads="nobody", start="date",
        starts_at=now - DAY, tags=["heat"], description="Of heat.",
    )  # fmt: skip
    RecordingViewer.objects.create(recording_id=anew.id, principal_id=cast.eve, given_at=now)
    asked = {"what": "both", "reason_kind": "legal", "reason": "A case", "asked_by_id": cast.alice, "asked_at": now}
    for granted in (True, None):
        decided = {"decided_by_id": cast.dev, "decided_at": now} if granted else {}
        RetentionExemption.objects.create(
            recording_id=anew.id, expires_at=now + 900 * DAY, is_granted=granted, **asked, **decided
        )
    before = retention_reads.get_facts(anew.id)
    anew.cut()
    new = anew.save()
    after = retention_reads.get_facts(new)
    assert (after.anchor, after.exempt_archive_until) == (came, before.exempt_archive_until)
    assert [RetentionExemption.objects.filter(recording_id=one).count() for one in (anew.id, new)] == [1, 2]
    same = (
        "folder_id",
        "owner_id",
        "title",
        "description",
        "tags",
        "created_at",
        "sharing",
        "downloads",
        "start",
        "starts_at",
    )
    old_row, new_row = anew.row(), anew.row(new)
    assert [getattr(old_row, name) for name in same] == [getattr(new_row, name) for name in same]
    assert RecordingViewer.objects.get(recording_id=new).principal_id == cast.eve
    assert view(cast.eve, new, now) is Code.ALLOW


def test_r16_what_was_declared_and_decided_goes_over_by_its_own_date(anew, cast, now):
    policies.activate(now - 3 * DAY)
    UseDeclaration.objects.create(
        recording_id=anew.id, account_id=cast.alice, policy_id=1, q1="unsure", q2="yes", q3="yes", category="lecture",
        course_kind="none", relevance="not_asked", verdict="REFERRED", at=now - 2 * DAY,
    )  # fmt: skip
    case = UseCase.objects.create(
        recording_id=anew.id, cause="referred", state="closed", opened_at=now - 2 * DAY, verdict="PERMITTED",
        decided_by_id=cast.dev, decided_at=now - DAY, closed_at=now - DAY,
    )  # fmt: skip
    UseDecision.objects.create(
        case=case, recording_id=anew.id, policy_id=1, verdict="PERMITTED", reason="It is taught.",
        decided_by_id=cast.dev, at=now - DAY,
    )  # fmt: skip
    anew.cut()
    new = anew.save()
    assert policy.uses_of([new], now)[new] == policy.uses_of([anew.id], now)[anew.id]
    assert policy.uses_of([new], now)[new].verdict == "PERMITTED"
    assert UseDecision.objects.get(recording_id=new).case.recording_id == new
    assert not Hold.objects.filter(recording_id=new).exists()


@pytest.mark.parametrize("publication", ["PUBLISHED", "WAITING", "REJECTED"])
def test_r71_its_approval_stands_as_that_of_the_original_and_nobody_is_asked_for_what_was_approved(
    anew, cast, now, publication
):
    stands = {"approval": "rejected", "approval_at": now, "approval_by_id": cast.chloe, "approval_reason": "Too loud."}
    Recording.objects.filter(id=anew.id).update(
        publication=publication, submitted_at=now, **(stands if publication == "REJECTED" else {})
    )
    anew.cut()
    new = anew.save()
    row = anew.row(new)
    assert (row.publication, row.approval_reason) == (publication, anew.row().approval_reason)
    assert (view(cast.ben, new, now) is Code.ALLOW) == (publication == "PUBLISHED")
    assert Notice.objects.filter(kind="N10").exists() == (publication == "WAITING")


def test_r139_an_owner_hears_who_did_it(anew, cast, now):
    access_writes.add_member(cast.chemistry, cast.eve, FolderRole.CREATOR, now=now)
    access_writes.recompute(cast.chemistry)
    anew.cut()
    anew.save(cast.eve)
    told = set(Notice.objects.filter(kind__in=("N35", "SAVED_ANEW")).values_list("kind", "recipient_id"))
    assert told == {("N35", cast.alice), ("SAVED_ANEW", cast.alice), ("SAVED_ANEW", cast.eve)}


def no_cuts(anew, cast, now):
    return Code.ILLEGAL_TRANSITION, "R103"


def not_shown(anew, cast, now):
    anew.cut(shown=False)
    return Code.NOT_READY, "R103"


def another_version(anew, cast, now):
    anew.cut()
    anew.cut(CUTS[:1], version=1)
    return Code.CONFLICT, "R53"


def not_complete(anew, cast, now):
    anew.cut()
    Recording.objects.filter(id=anew.id).update(is_ladder_complete=False)
    return Code.NOT_READY, "R41"


def copied(anew, cast, now):
    anew.cut()
    made = publishing.copy_recording(anew.id, cast.chemistry, is_full=False, actor=acting(cast.alice), now=now)
    assert made.recording_id
    return Code.ILLEGAL_TRANSITION, "R140"


def held(anew, cast, now):
    anew.cut()
    Hold.objects.create(recording_id=anew.id, kind="legal", opened_at=now)
    return Code.HELD, "R130"


def looked_at(anew, cast, now):
    anew.cut()
    UseCase.objects.create(recording_id=anew.id, cause="reported", state="open", opened_at=now)
    return Code.HELD, "R130"


@pytest.mark.parametrize("stand", [no_cuts, not_shown, another_version, not_complete, copied, held, looked_at])
def test_r103_it_is_refused_with_the_rule_that_keeps_it_and_nothing_is_begun(anew, cast, now, stand):
    code, rule = stand(anew, cast, now)
    reason = anew.ask().decision.reasons[0]
    assert (reason.code, reason.rule) == (code, rule)
    assert not Saving.objects.exists()
    assert Recording.objects.filter(origin="full_copy").count() == 0


def test_r38_only_who_may_edit_it_and_delete_it_and_others_learn_nothing(anew, cast, now):
    anew.cut()
    for who in (cast.ben, cast.chloe, cast.dev, cast.eve):
        assert anew.ask(who).decision.code is Code.NO_PERMISSION
    running = anew.ask()
    assert anew.ask(cast.ben).recording_id is None
    assert running.recording_id


def test_r201_a_copy_by_reference_has_nothing_of_its_own_to_save(anew, cast, now):
    anew.cut()
    made = publishing.copy_recording(anew.id, cast.chemistry, is_full=False, actor=acting(cast.alice), now=now)
    refused = saving.save_anew(made.recording_id, version=1, actor=acting(cast.alice), now=now).decision
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R201")


def test_nothing_to_do_for_a_recording_that_is_none(anew):
    assert anew.step(uuid.uuid4()) is Outcome.NOTHING_TO_DO
    assert not Edit.objects.exists()


def test_r104_after_any_lives_of_both_the_ledger_equals_a_recomputation(anew, cast, now):
    """Saved anew again and again, binned, taken back, purged, given up; after each the ledger is what the library says,
    and nothing is ever recorded again (R98, R103)."""
    turns, who, made, done = random.Random(103), acting(cast.alice), [anew.id], set()
    anew.cut()
    for turn in range(40):
        anew.now, one = now + turn * DAY, turns.choice(made)
        before = dict(Recording.objects.values_list("id", "keeping"))
        match verb := turns.choice(("save", "give up", "bin", "take back", "purge")):
            case "save" if before[anew.id] == "ONLINE":
                made.append(anew.save())
            case "give up" if before[anew.id] == "ONLINE":
                saving.abandon_saving(anew.ask().recording_id, why="", actor=SYSTEM, now=anew.now)
                done.add(verb)
            case "bin":
                retention.recycle_recording(one, actor=who, now=anew.now)
            case "take back":
                retention.take_back_recording(turns.choice((anew.id, one)), actor=who, now=anew.now)
            case "purge" if one != anew.id:
                retention.purge_recording(one, actor=who, now=anew.now)
        done |= {verb} if dict(Recording.objects.values_list("id", "keeping")) != before else set()
        assert is_proved(anew.now), (turn, verb)
        recorded = MeterEntry.objects.filter(category="RECORDED").values_list("recording_id", "delta_s")
        assert list(recorded) == [(anew.id, 60)], (turn, verb)
    assert len(done) == 5, f"too little happened: {done}"
